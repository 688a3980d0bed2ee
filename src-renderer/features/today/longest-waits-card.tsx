import type { Clinic } from "#shared/contract/clinics.ts";
import { callStatus } from "#shared/contract/calls.ts";
import { useLive } from "../../client/use-live.ts";
import { waitBroken } from "../../figures/limits.ts";
import { duration } from "../../format/duration.ts";
import { time } from "../../format/moments.ts";
import { writeRoute } from "../../state/routes.ts";
import { useSeesCallers } from "../../state/use-sees-callers.ts";
import { Card } from "../../ui/card.tsx";
import { Limited } from "../../ui/limited.tsx";
import { LiveStates } from "../../ui/live-states.tsx";
import { Notice } from "../../ui/notice.tsx";
import { StatusWord } from "../../ui/status-word.tsx";
import table from "../../ui/table.module.css";

type Props = {
  clinic: Clinic;
  filter: { clinicId: string; locationId?: string };
  className: string | undefined;
};

/** The callers who waited longest today, answered or not. Not kept between starts: it holds callers' numbers. */
export function LongestWaitsCard({ clinic, filter, className }: Props) {
  const key = `longest ${filter.clinicId} ${filter.locationId ?? ""}`;
  const waits = useLive(
    key,
    (client, signal) => client.today.longestWaits({ ...filter, limit: 10 }, { signal }),
    ["calls", "agents", "queues"],
    { everyMinute: true },
  );
  const callers = useSeesCallers();
  return (
    <Card title="Longest waits" note="today" className={className}>
      <LiveStates live={waits} what="the longest waits" rows={5}>
        {(rows) =>
          rows.length === 0 ? (
            <Notice tone="empty" title="Nobody has waited yet today" />
          ) : (
            <div className={table.scroll}>
              <table className={table.table}>
                <thead>
                  <tr>
                    <th scope="col">At</th>
                    {callers ? (
                      <th scope="col" className={table.left}>
                        Caller
                      </th>
                    ) : null}
                    <th scope="col" className={table.left}>
                      Queue
                    </th>
                    <th scope="col" className={table.left}>
                      Ended as
                    </th>
                    <th scope="col">Waited</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => {
                    const broken = waitBroken(row.waitSeconds, clinic.serviceLevel);
                    const status = callStatus.safeParse(row.status);
                    return (
                      <tr key={row.id}>
                        <th scope="row">
                          <a className={table.link} href={writeRoute({ screen: "calls", id: row.id })}>
                            {time(row.startedAt, clinic.timeZone)}
                          </a>
                        </th>
                        {callers ? <td className={table.left}>{row.callerNumber ?? "withheld"}</td> : null}
                        <td className={table.left}>{row.queueName ?? "–"}</td>
                        <td className={table.left}>
                          {status.success ? <StatusWord status={status.data} /> : row.status}
                        </td>
                        <td>
                          <Limited text={duration(row.waitSeconds)} broken={broken?.text} />
                        </td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </div>
          )
        }
      </LiveStates>
    </Card>
  );
}
