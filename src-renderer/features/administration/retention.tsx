import { useState } from "react";
import type { RetentionSubject } from "#shared/contract/administration.ts";
import type { Clinic } from "#shared/contract/clinics.ts";
import { useLive } from "../../client/use-live.ts";
import { dayLong, moment } from "../../format/moments.ts";
import { count } from "../../format/numbers.ts";
import { Action } from "../../ui/action.tsx";
import { Card } from "../../ui/card.tsx";
import { cx } from "../../ui/cx.ts";
import { LiveStates } from "../../ui/live-states.tsx";
import { Hidden } from "../../ui/hidden.tsx";
import table from "../../ui/table.module.css";
import styles from "./administration.module.css";
import { RetentionSheet } from "./retention-sheet.tsx";
import { daysWords, subjectWords } from "./retention-words.ts";

/** How long what is kept. The server removes what is over every night; desks follow. */
export function Retention({ clinic }: { clinic: Clinic }) {
  const rules = useLive(
    ["retention", clinic.id],
    (client, signal) => client.retention.list({ clinicId: clinic.id }, { signal }),
    [],
  );
  const [opened, setOpened] = useState<RetentionSubject | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const shown = rules.data?.find(({ subject }) => subject === opened);
  return (
    <Card title="Retention" note="what is older is removed each night, from the server and from every desk">
      {said ? <output className={styles.said}>{said}</output> : null}
      <LiveStates live={rules} what="the retention" rows={3}>
        {(rows) => (
          <div className={table.scroll}>
            <table className={table.table}>
              <thead>
                <tr>
                  <th scope="col">What</th>
                  <th scope="col" className={table.left}>
                    Kept for
                  </th>
                  <th scope="col" className={table.left}>
                    Keeps from
                  </th>
                  <th scope="col" className={table.left}>
                    Oldest held
                  </th>
                  <th scope="col">Held</th>
                  <th scope="col">Over</th>
                  <th scope="col" className={table.left}>
                    Last run
                  </th>
                  <th scope="col">
                    <Hidden>Change</Hidden>
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.subject}>
                    <th scope="row">
                      <span className={styles.two}>
                        {subjectWords[row.subject].title}
                        <small>{subjectWords[row.subject].note}</small>
                      </span>
                    </th>
                    <td className={table.left}>{daysWords(row.days)}</td>
                    <td className={table.left}>{dayLong(row.keepsFrom)}</td>
                    <td className={table.left}>{row.oldest === null ? "–" : dayLong(row.oldest)}</td>
                    <td>{count(row.held)}</td>
                    <td>{row.over > 0 ? <b className={styles.warn}>{count(row.over)} go next</b> : "0"}</td>
                    <td className={cx(table.left, styles.wrap)}>
                      {row.lastRun === null
                        ? "none yet"
                        : `${moment(row.lastRun.at, clinic.timeZone)}: ${count(row.lastRun.removed)} removed`}
                    </td>
                    <td>
                      <Action
                        kind="plain"
                        aria-label={`Change how long ${subjectWords[row.subject].title.toLowerCase()} are kept`}
                        onPress={() => setOpened(row.subject)}
                      >
                        Change
                      </Action>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </LiveStates>
      {shown ? (
        <RetentionSheet
          key={shown.subject}
          clinic={clinic}
          rule={shown}
          onDone={(sentence) => {
            setSaid(sentence);
            setOpened(null);
            rules.again();
          }}
          onClose={() => setOpened(null)}
        />
      ) : null}
    </Card>
  );
}
