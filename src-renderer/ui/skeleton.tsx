import styles from "./skeleton.module.css";
import { Hidden } from "./hidden.tsx";

/** The shape of what is coming. Says "Loading" once to screen readers. */
export function Skeleton({ rows = 5, height = 18 }: { rows?: number; height?: number }) {
  return (
    <output className={styles.skeleton}>
      <Hidden>Loading</Hidden>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className={styles.bar} style={{ height, width: `${92 - ((row * 17) % 38)}%` }} />
      ))}
    </output>
  );
}
