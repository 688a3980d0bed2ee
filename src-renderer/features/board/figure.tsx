import { ArrowDown, ArrowUp, Minus, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { BoardFigure } from "../../figures/board-figures.ts";
import { cx } from "../../ui/cx.ts";
import styles from "./board.module.css";

const marks = { up: ArrowUp, down: ArrowDown, same: Minus, none: null, broken: TriangleAlert };

/** One figure of the wall; the first is tall and carries the queues. */
export function Figure(props: { figure: BoardFigure; tall?: boolean; children?: ReactNode }) {
  const { figure, tall = false, children } = props;
  const Mark = marks[figure.mark];
  const broken = figure.mark === "broken";
  return (
    <section className={cx(styles.figure, tall && styles.tall, broken && styles.broken)}>
      <h2 className={styles.title}>{figure.title}</h2>
      <p className={cx(styles.value, figure.value === "no data" && styles.none)} data-testid="board-figure">
        {figure.value}
        {figure.unit ? <small> {figure.unit}</small> : null}
      </p>
      <p className={styles.note}>
        {Mark ? <Mark aria-hidden strokeWidth={2.6} /> : null}
        <span>{figure.note}</span>
      </p>
      {children}
    </section>
  );
}
