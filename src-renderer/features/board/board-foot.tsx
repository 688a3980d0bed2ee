import type { ReactNode } from "react";
import { useDeskStatus } from "../../client/use-desk-status.ts";
import { age } from "../../format/duration.ts";
import { statusWords } from "../../state/status-words.ts";
import { useNow } from "../../state/use-now.ts";
import { cx } from "../../ui/cx.ts";
import styles from "./board.module.css";

/** How fresh the wall is: what makes old figures harmless. */
export function BoardFoot({ timeZone, actions }: { timeZone: string; actions: ReactNode }) {
  const status = useDeskStatus((view) => view.status);
  const link = useDeskStatus((view) => view.link.kind);
  const now = useNow();
  const words = statusWords(status, link, timeZone);
  // Live figures are as old as the last word of the server; all others as old as the last time both agreed.
  const old = status?.asOf ? age((now - Date.parse(status.asOf)) / 1000) : null;
  return (
    <footer className={styles.foot}>
      <b className={cx(styles.state, styles[words.kind])}>{words.state}</b>
      {old === null ? null : <span>figures are {old} old</span>}
      <span>{words.detail}</span>
      {actions ? <span className={styles.actions}>{actions}</span> : null}
    </footer>
  );
}
