import { Label } from "react-aria-components/Label";
import { ProgressBar } from "react-aria-components/ProgressBar";
import { timeLeft } from "../format/duration.ts";
import styles from "./progress.module.css";

/** How far something is; `total` 0 means that nobody knows yet. */
export function Progress(props: { label: string; value: number; total: number; secondsLeft: number | null }) {
  const { label, value, total, secondsLeft } = props;
  const unknown = total <= 0;
  return (
    <ProgressBar
      className={styles.progress ?? ""}
      minValue={0}
      maxValue={unknown ? 1 : total}
      value={Math.min(value, total)}
      isIndeterminate={unknown}
    >
      {({ percentage }) => (
        <>
          <div className={styles.words}>
            <Label>{label}</Label>
            <span>{secondsLeft === null ? "" : timeLeft(secondsLeft)}</span>
          </div>
          <div className={styles.track}>
            <div
              className={unknown ? styles.unknown : styles.bar}
              style={unknown ? {} : { width: `${percentage ?? 0}%` }}
            />
          </div>
        </>
      )}
    </ProgressBar>
  );
}
