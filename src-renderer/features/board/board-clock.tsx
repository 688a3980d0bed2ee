import { time } from "../../format/moments.ts";
import { useNow } from "../../state/use-now.ts";
import styles from "./board.module.css";

export function BoardClock({ timeZone }: { timeZone: string }) {
  return <span className={styles.clock}>{time(useNow(), timeZone)}</span>;
}
