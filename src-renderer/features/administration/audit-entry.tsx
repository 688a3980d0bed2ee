import type { AuditEntry } from "#shared/contract/audit.ts";
import { moment } from "../../format/moments.ts";
import { Sheet } from "../../ui/sheet.tsx";
import styles from "./administration.module.css";
import { subjectWords } from "./audit-subjects.ts";
import { actionWords, type Names, valueWords } from "./audit-words.ts";

/** One line of the log, whole. */
export function AuditEntrySheet({
  entry,
  timeZone,
  names,
  onClose,
}: {
  entry: AuditEntry;
  timeZone: string;
  names: Names;
  onClose: () => void;
}) {
  const late = Date.parse(entry.at) - Date.parse(entry.occurredAt) > 60_000;
  const facts: [string, string | null][] = [
    ["Line", entry.id],
    ["Happened", moment(entry.occurredAt, timeZone)],
    ["Written", late ? `${moment(entry.at, timeZone)}, delivered later` : moment(entry.at, timeZone)],
    ["Who", entry.person ?? "nobody known"],
    ["Device", entry.device],
    ["What", actionWords[entry.action]],
    ["Subject", subjectWords(entry.subject)],
    ["Record", entry.subjectId === null ? null : (names.get(entry.subjectId) ?? entry.subjectId)],
    ["Request", entry.requestId],
    ["Hash", entry.hash],
  ];
  const details = Object.entries(entry.detail);
  return (
    <Sheet title={`Line ${entry.id} of the audit log`} wide onClose={onClose}>
      <dl className={styles.facts}>
        {facts.map(([name, value]) =>
          value === null ? null : (
            <div key={name} className={styles.fact}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
        {details.map(([name, value]) => (
          <div key={`detail ${name}`} className={styles.fact}>
            <dt>{name}</dt>
            <dd className={styles.mono}>{valueWords(value, names)}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
