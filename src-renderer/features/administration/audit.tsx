import { useState } from "react";
import type { AuditEntry } from "#shared/contract/audit.ts";
import type { Clinic } from "#shared/contract/clinics.ts";
import { count } from "../../format/numbers.ts";
import type { Route } from "../../state/routes.ts";
import { Action } from "../../ui/action.tsx";
import { Card } from "../../ui/card.tsx";
import { LiveStates } from "../../ui/live-states.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import styles from "./administration.module.css";
import { AuditEntrySheet } from "./audit-entry.tsx";
import { AuditExport } from "./audit-export.tsx";
import { auditQuestion, readAuditFilter } from "./audit-filter.ts";
import { AuditFilters } from "./audit-filters.tsx";
import { AuditTable } from "./audit-table.tsx";
import { useNames } from "./use-names.ts";
import { useAuditPages } from "./use-audit-pages.ts";

/** Who did what, newest first. */
export function Audit({ clinic, route }: { clinic: Clinic; route: Route }) {
  const filter = readAuditFilter(route.params);
  const question = auditQuestion(filter, clinic.id, clinic.timeZone);
  const { newest, entries, whole, more, busy, problem } = useAuditPages(question);
  const names = useNames(clinic.id);
  const [opened, setOpened] = useState<AuditEntry | null>(null);
  return (
    <Card
      title="Audit log"
      note={`of ${clinic.name} and its people; each line is chained to the one before`}
      aside={<AuditExport question={question} clinic={clinic} />}
    >
      <AuditFilters clinic={clinic} filter={filter} onAgain={newest.again} />
      <LiveStates live={newest} what="the audit log" rows={12}>
        {() =>
          entries.length === 0 ? (
            <Notice tone="empty" title="No line fits">
              Widen the days, or clear what narrows the log.
            </Notice>
          ) : (
            <>
              <AuditTable entries={entries} timeZone={clinic.timeZone} names={names} onOpen={setOpened} />
              <div className={styles.more}>
                {whole ? (
                  <span className={styles.about}>
                    {count(entries.length)} {entries.length === 1 ? "line" : "lines"}, and no older one.
                  </span>
                ) : (
                  <>
                    <Action isDisabled={busy} onPress={() => void more()}>
                      {busy ? "Fetching…" : "Older lines"}
                    </Action>
                    <span className={styles.about}>the newest {count(entries.length)} lines</span>
                  </>
                )}
              </div>
              <Refusal problem={problem} title="Older lines could not be fetched" />
            </>
          )
        }
      </LiveStates>
      {opened ? (
        <AuditEntrySheet entry={opened} timeZone={clinic.timeZone} names={names} onClose={() => setOpened(null)} />
      ) : null}
    </Card>
  );
}
