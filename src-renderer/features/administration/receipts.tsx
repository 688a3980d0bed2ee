import type { Clinic } from "#shared/contract/clinics.ts";
import { useLive } from "../../client/use-live.ts";
import { moment } from "../../format/moments.ts";
import { removedKinds, removedTotal, rowWords } from "../../state/removed-words.ts";
import { Card } from "../../ui/card.tsx";
import { LiveStates } from "../../ui/live-states.tsx";
import { Notice } from "../../ui/notice.tsx";
import table from "../../ui/table.module.css";
import { cx } from "../../ui/cx.ts";
import styles from "./administration.module.css";
import { reasonWords } from "./device-words.ts";

/** What left which desk, when and why, as the desks themselves said it. */
export function Receipts({ clinic }: { clinic: Clinic }) {
  const receipts = useLive(
    ["receipts", clinic.id],
    (client, signal) => client.devices.receipts({ clinicId: clinic.id }, { signal }),
    [],
    { everyMinute: true },
  );
  return (
    <Card title="What left which desk" note="receipts of the desks">
      <LiveStates live={receipts} what="the receipts" rows={4}>
        {(rows) =>
          rows.length === 0 ? (
            <Notice tone="empty" title="Nothing had to leave a desk yet">
              When a role, a device or an account ends, its desk says here how many rows it removed.
            </Notice>
          ) : (
            <div className={cx(table.scroll, table.tall)}>
              <table className={table.table}>
                <thead>
                  <tr>
                    <th scope="col">Person and device</th>
                    <th scope="col" className={table.left}>
                      Why and when
                    </th>
                    <th scope="col">Removed</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.id}>
                      <th scope="row">
                        <span className={styles.two}>
                          {row.displayName}
                          <small>{row.deviceName ?? "no device"}</small>
                        </span>
                      </th>
                      <td className={cx(table.left, styles.wrap)}>
                        <span className={styles.two}>
                          {reasonWords(row.reason)}
                          <small>{moment(row.purgedAt, clinic.timeZone)}</small>
                        </span>
                      </td>
                      <td>
                        <span title={removedKinds(row.removed)}>{rowWords(removedTotal(row.removed))}</span>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </LiveStates>
    </Card>
  );
}
