import { useState } from "react";
import type { Clinic } from "#shared/contract/clinics.ts";
import { useDeskClient } from "../../client/desk-context.tsx";
import { useLive } from "../../client/use-live.ts";
import { moment } from "../../format/moments.ts";
import { count } from "../../format/numbers.ts";
import { Action } from "../../ui/action.tsx";
import { Card } from "../../ui/card.tsx";
import { LiveStates } from "../../ui/live-states.tsx";
import { Notice } from "../../ui/notice.tsx";
import styles from "./phone-systems.module.css";
import { useSaving } from "../../client/use-saving.ts";

const pageSize = 50;
const most = 500;

/** Records that could not be read, each with its line and the reason; nothing of them is lost, and each can be tried again. */
export function RejectedCard({ clinic, onRead }: { clinic: Clinic; onRead: () => void }) {
  const client = useDeskClient();
  const [limit, setLimit] = useState(pageSize);
  const { busy, said, problem, save } = useSaving();
  const clinicId = clinic.id;
  const rejected = useLive(
    ["rejected", clinicId, limit],
    (asked, signal) => asked.telephony.rejected({ clinicId, limit }, { signal }),
    ["calls", "call_sources"],
    { everyMinute: true },
  );
  const retry = async (ids?: string[]) => {
    await save(async () => {
      const answer = await client.telephony.retry({ clinicId, ids });
      return `${count(answer.read)} read, ${count(answer.rejected)} still can’t be.`;
    });
    rejected.again();
    onRead();
  };
  const total = rejected.data?.total ?? 0;
  return (
    <Card
      title="Rejected records"
      note={rejected.data ? `${count(total)} in all` : undefined}
      aside={
        total > 0 ? (
          <Action isDisabled={busy} onPress={() => void retry()}>
            {busy ? "Reading…" : "Try all again"}
          </Action>
        ) : null
      }
    >
      {said ? <output className={styles.said}>{said}</output> : null}
      {problem ? (
        <Notice tone="bad" title="Not tried again">
          {problem.message}
        </Notice>
      ) : null}
      <LiveStates live={rejected} what="the rejected records" rows={6}>
        {({ records }) =>
          records.length === 0 ? (
            <Notice tone="empty" title="Every record could be read">
              What can’t be read is kept here with its line and the reason, and can be tried again.
            </Notice>
          ) : (
            <ul className={styles.records}>
              {records.map((record) => (
                <li key={record.id} className={styles.record}>
                  <p className={styles.reason}>{record.reason}</p>
                  <pre className={styles.line}>{record.body}</pre>
                  <p className={styles.about}>
                    <span>{record.source}</span>
                    <span>{moment(record.receivedAt, clinic.timeZone)}</span>
                    <span>{record.attempts === 1 ? "tried once" : `tried ${record.attempts} times`}</span>
                    <Action kind="plain" isDisabled={busy} onPress={() => void retry([record.id])}>
                      Try again
                    </Action>
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </LiveStates>
      {rejected.data && rejected.data.nextCursor !== null && limit < most ? (
        <div className={styles.buttons}>
          <Action onPress={() => setLimit(Math.min(most, limit + pageSize))}>Show more</Action>
        </div>
      ) : null}
    </Card>
  );
}
