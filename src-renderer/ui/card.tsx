import { type ReactNode, useId } from "react";
import styles from "./card.module.css";
import { cx } from "./cx.ts";

/** A titled surface. `aside` sits at the right of the title: a legend, a picker. */
export function Card(props: {
  title: string;
  note?: ReactNode;
  aside?: ReactNode;
  className?: string | undefined;
  children: ReactNode;
}) {
  const heading = useId();
  return (
    <section className={cx(styles.card, props.className)} aria-labelledby={heading}>
      <header className={styles.header}>
        <h2 id={heading} className={styles.title}>
          {props.title}
        </h2>
        {props.note ? <span className={styles.note}>{props.note}</span> : null}
        {props.aside ? <div className={styles.aside}>{props.aside}</div> : null}
      </header>
      {props.children}
    </section>
  );
}
