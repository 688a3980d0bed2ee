import { LockKeyhole } from "lucide-react";
import { secondsToLock } from "../state/idle.ts";
import { useReportedAt } from "../state/presence.ts";
import { useNow } from "../state/use-now.ts";
import { Hidden } from "../ui/hidden.tsx";
import styles from "./idle-warning.module.css";

/** The last minute before an idle desk locks; any input makes it go. Ears hear of it once, not each second. */
export function IdleWarning({ idleMinutes }: { idleMinutes: number }) {
  const reportedAt = useReportedAt();
  const now = useNow();
  const seconds = secondsToLock(now, reportedAt, idleMinutes);
  return (
    <output className={styles.place}>
      {seconds === null ? null : (
        <span className={styles.toast}>
          <LockKeyhole size={14} aria-hidden />
          <span aria-hidden>Locks in {seconds} s</span>
          <Hidden>This desk locks within a minute. Press any key to stay.</Hidden>
        </span>
      )}
    </output>
  );
}
