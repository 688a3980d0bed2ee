import { Download } from "lucide-react";
import type { Clinic } from "#shared/contract/clinics.ts";
import { useDeskClient } from "../../client/desk-context.tsx";
import { useSaving } from "../../client/use-saving.ts";
import { today } from "../../format/days.ts";
import { count } from "../../format/numbers.ts";
import { saveFile } from "../../ui/save-file.ts";
import { Action } from "../../ui/action.tsx";
import styles from "./administration.module.css";
import type { auditQuestion } from "./audit-filter.ts";

/** What fits as a file of comma-separated values. The export is itself a line of the log: the server writes it with the answer. */
export function AuditExport({ question, clinic }: { question: ReturnType<typeof auditQuestion>; clinic: Clinic }) {
  const client = useDeskClient();
  const { busy, said, problem, save } = useSaving();
  const run = () =>
    save(async () => {
      const { csv, lines, cut } = await client.audit.export(question);
      saveFile(`audit ${clinic.slug} ${today(clinic.timeZone)}.csv`, "text/csv;charset=utf-8", csv);
      return cut
        ? `The oldest ${count(lines)} lines were exported, and there are more: narrow the days for the rest.`
        : `${count(lines)} ${lines === 1 ? "line was" : "lines were"} exported, which is a line of the log itself.`;
    });
  return (
    <>
      {said ? <output className={styles.said}>{said}</output> : null}
      {problem ? (
        <span role="alert" className={styles.bad}>
          Not exported: {problem.message}
        </span>
      ) : null}
      <Action isDisabled={busy} onPress={() => void run()}>
        <Download size={14} aria-hidden />
        {busy ? "Exporting…" : "Export CSV"}
      </Action>
    </>
  );
}
