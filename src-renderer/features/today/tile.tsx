import { ArrowDown, ArrowUp, Minus, TriangleAlert } from "lucide-react";
import { Link } from "react-aria-components/Link";
import { Spark } from "../../charts/spark.tsx";
import type { TileView } from "../../figures/today-tiles.ts";
import { cx } from "../../ui/cx.ts";
import { Hidden } from "../../ui/hidden.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Tip } from "../../ui/tip.tsx";
import { DataAge } from "./data-age.tsx";
import styles from "./tile.module.css";

const marks = { up: ArrowUp, down: ArrowDown, same: Minus, none: Minus, broken: TriangleAlert };

/** A figure with its comparison; pressing it leads to the calls behind it, resting on it explains its formula. */
export function Tile({ tile, stale, timeZone }: { tile: TileView; stale: boolean; timeZone: string }) {
  const Mark = marks[tile.note.mark];
  const broken = tile.note.mark === "broken";
  return (
    <Tip
      text={
        <>
          <b>{tile.title}</b>
          <br />
          {tile.formula}
          <br />
          <DataAge timeZone={timeZone} />
        </>
      }
    >
      <Link href={tile.href} className={cx(styles.tile, broken && styles.broken, stale && styles.stale)}>
        <span className={styles.head}>
          <span className={styles.title}>{tile.title} </span>{" "}
          <Spark values={tile.spark} tone={broken ? "warn" : tile.note.tone === "good" ? "good" : "plain"} />
        </span>{" "}
        <span className={cx(styles.value, tile.value === "no data" && styles.none)}>
          {tile.value}
          {tile.unit ? <small> {tile.unit}</small> : null}
        </span>{" "}
        <span className={cx(styles.note, styles[tile.note.tone])}>
          <Mark size={11} strokeWidth={2.6} aria-hidden />
          <span>
            {broken ? <Hidden>Limit broken: </Hidden> : null}
            {tile.note.text}
          </span>
        </span>
      </Link>
    </Tip>
  );
}

export function TileSkeleton() {
  return (
    <div className={styles.tile}>
      <Skeleton rows={3} height={16} />
    </div>
  );
}
