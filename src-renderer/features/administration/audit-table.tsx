import { CircleAlert, Eraser } from "lucide-react";
import type { AuditEntry } from "#shared/contract/audit.ts";
import { moment } from "../../format/moments.ts";
import { Action } from "../../ui/action.tsx";
import { cx } from "../../ui/cx.ts";
import { Hidden } from "../../ui/hidden.tsx";
import table from "../../ui/table.module.css";
import styles from "./administration.module.css";
import audit from "./audit.module.css";
import { subjectWords } from "./audit-subjects.ts";
import { actionTone, actionWords, detailWords, type Names } from "./audit-words.ts";

const icons = { plain: null, warn: Eraser, bad: CircleAlert };

export function AuditTable(props: {
  entries: readonly AuditEntry[];
  timeZone: string;
  names: Names;
  onOpen: (entry: AuditEntry) => void;
}) {
  const { entries, timeZone, names, onOpen } = props;
  return (
    <div className={table.scroll}>
      <table className={cx(table.table, audit.table)}>
        <thead>
          <tr>
            <th scope="col">When</th>
            {["Who", "What", "Subject", "Details"].map((title) => (
              <th key={title} scope="col" className={table.left}>
                {title}
              </th>
            ))}
            <th scope="col">
              <Hidden>Open</Hidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => {
            const tone = actionTone(entry.action);
            const Icon = icons[tone];
            return (
              <tr key={entry.id}>
                <td className={table.left}>{moment(entry.occurredAt, timeZone)}</td>
                <th scope="row" className={table.left}>
                  <span className={styles.two}>
                    {entry.person ?? "nobody known"}
                    {entry.device ? <small>{entry.device}</small> : null}
                  </span>
                </th>
                <td className={table.left}>
                  <span className={cx(styles.mark, tone === "bad" && styles.bad, tone === "warn" && styles.warn)}>
                    {Icon ? <Icon size={13} aria-hidden /> : null}
                    {actionWords[entry.action]}
                  </span>
                </td>
                <td className={table.left}>{subjectWords(entry.subject)}</td>
                <td className={cx(table.left, audit.detail)}>{detailWords(entry.detail, names)}</td>
                <td>
                  <Action kind="plain" aria-label={`Open line ${entry.id}`} onPress={() => onOpen(entry)}>
                    Open
                  </Action>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
