import styles from "./spark.module.css";
import { sparkPath } from "./spark-path.ts";

/** The last days of this weekday as a line, today as its dot. For the eye only: the figure and its comparison stand beside it. */
export function Spark({ values, tone }: { values: readonly (number | null)[]; tone: "good" | "warn" | "plain" }) {
  const { path, end } = sparkPath(values, 74, 24, 3);
  if (path === "") return null;
  return (
    <svg className={styles.spark} viewBox="0 0 74 24" aria-hidden>
      <path d={path} />
      {end ? <circle cx={end.x} cy={end.y} r={2.6} className={styles[tone]} /> : null}
    </svg>
  );
}
