import { useLive } from "../../client/use-live.ts";
import { writeMetric } from "../../figures/write-metric.ts";
import { time } from "../../format/moments.ts";
import { count } from "../../format/numbers.ts";
import { writeRoute } from "../../state/routes.ts";
import { usePainted } from "../../state/use-painted.ts";
import { Card } from "../../ui/card.tsx";
import { LiveStates } from "../../ui/live-states.tsx";
import { Notice } from "../../ui/notice.tsx";
import table from "../../ui/table.module.css";
import { dayFilter } from "./day-filter.ts";

type Props = {
  filter: { clinicId: string; locationId?: string };
  timeZone: string;
  day: string | undefined;
  className: string | undefined;
};

/** Who answered most today, how fast and how long. */
export function AgentsCard({ filter, timeZone, day, className }: Props) {
  const key = `agents ${filter.clinicId} ${filter.locationId ?? ""}`;
  const live = useLive(key, (client, signal) => client.today.agents(filter, { signal }), ["calls", "agents"], {
    everyMinute: true,
  });
  const agents = usePainted(key, live);
  return (
    <Card title="Agents" note="most answered first" className={className}>
      <LiveStates live={agents} what="the agents" rows={7}>
        {(rows) =>
          rows.length === 0 ? (
            <Notice tone="empty" title="Nobody has answered a call yet today">
              Agents appear here with their first call. An administrator maps extensions to agents in the
              administration.
            </Notice>
          ) : (
            <div className={table.scroll}>
              <table className={table.table}>
                <thead>
                  <tr>
                    <th scope="col">Agent</th>
                    <th scope="col">Answered</th>
                    <th scope="col">Speed of answer</th>
                    <th scope="col">Talk time</th>
                    <th scope="col">Handle time</th>
                    <th scope="col">Outbound</th>
                    <th scope="col">Last call</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.key}>
                      <th scope="row">
                        <a
                          className={table.link}
                          href={writeRoute({ screen: "calls", params: { ...dayFilter(day), agentId: row.key } })}
                        >
                          {row.label}
                        </a>
                      </th>
                      <td>{count(row.answered)}</td>
                      <td>{writeMetric("averageSpeedOfAnswer", row.averageSpeedOfAnswer)}</td>
                      <td>{writeMetric("averageTalkTime", row.averageTalkTime)}</td>
                      <td>{writeMetric("averageHandleTime", row.averageHandleTime)}</td>
                      <td>{count(row.outbound)}</td>
                      <td>{row.lastCallAt === null ? "–" : time(row.lastCallAt, timeZone)}</td>
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
