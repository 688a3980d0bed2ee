import { History } from "lucide-react";
import { age } from "../../format/duration.ts";
import { time } from "../../format/moments.ts";
import { painted } from "../../state/painted-store.ts";
import { useNow } from "../../state/use-now.ts";
import styles from "./stale-mark.module.css";

/** Says that the figures are the last ones painted, and from when. */
export function StaleMark({ questionKey, timeZone }: { questionKey: string; timeZone: string }) {
  const now = useNow();
  const last = painted(questionKey);
  if (last === undefined) return null;
  const old = age((now - Date.parse(last.paintedAt)) / 1000);
  return (
    <output className={styles.mark}>
      <History size={13} aria-hidden />
      Figures from {time(last.paintedAt, timeZone)}, {old} old, until newer ones are here.
    </output>
  );
}
