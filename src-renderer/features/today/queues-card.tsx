import type { Clinic } from "#shared/contract/clinics.ts";
import { useLive } from "../../client/use-live.ts";
import { serviceLevelBroken, waitBroken } from "../../figures/limits.ts";
import { writeMetric } from "../../figures/write-metric.ts";
import { duration } from "../../format/duration.ts";
import { count } from "../../format/numbers.ts";
import { writeRoute } from "../../state/routes.ts";
import { usePainted } from "../../state/use-painted.ts";
import { Card } from "../../ui/card.tsx";
import { Limited } from "../../ui/limited.tsx";
import { LiveStates } from "../../ui/live-states.tsx";
import { Notice } from "../../ui/notice.tsx";
import table from "../../ui/table.module.css";
import { dayFilter } from "./day-filter.ts";

type Props = {
  clinic: Clinic;
  filter: { clinicId: string; locationId?: string };
  day: string | undefined;
  className: string | undefined;
};

/** Today by queue: what was offered, how it was served, and the longest wait. */
export function QueuesCard({ clinic, filter, day, className }: Props) {
  const key = `queues ${filter.clinicId} ${filter.locationId ?? ""}`;
  const live = useLive(
    key,
    (client, signal) => client.today.queues(filter, { signal }),
    ["calls", "queues", "clinics"],
    {
      everyMinute: true,
    },
  );
  const queues = usePainted(key, live);
  const rule = clinic.serviceLevel;
  return (
    <Card title="Queues" note="today" className={className}>
      <LiveStates live={queues} what="the queues" rows={4}>
        {(all) => {
          // Outbound and internal calls pass through no queue; nobody waits in them.
          const rows = all.filter((row) => row.offered > 0);
          return rows.length === 0 ? (
            <Notice tone="empty" title="No queue had a call today">
              Calls that come through a queue are listed here by it. An administrator names queues in the
              administration.
            </Notice>
          ) : (
            <div className={table.scroll}>
              <table className={table.table}>
                <thead>
                  <tr>
                    <th scope="col">Queue</th>
                    <th scope="col">Offered</th>
                    <th scope="col">Abandoned</th>
                    <th scope="col">Service level</th>
                    <th scope="col">Speed</th>
                    <th scope="col">Longest wait</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.key}>
                      <th scope="row">
                        <a
                          className={table.link}
                          href={writeRoute({ screen: "calls", params: { ...dayFilter(day), queueId: row.key } })}
                        >
                          {row.label}
                        </a>
                      </th>
                      <td>{count(row.offered)}</td>
                      <td>{count(row.abandoned)}</td>
                      <td>
                        <Limited
                          text={writeMetric("serviceLevel", row.serviceLevel)}
                          broken={serviceLevelBroken(row.serviceLevel, rule)?.text}
                        />
                      </td>
                      <td>{writeMetric("averageSpeedOfAnswer", row.averageSpeedOfAnswer)}</td>
                      <td>
                        <Limited
                          text={row.longestWait === null ? "–" : duration(row.longestWait)}
                          broken={waitBroken(row.longestWait, rule)?.text}
                        />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          );
        }}
      </LiveStates>
    </Card>
  );
}
