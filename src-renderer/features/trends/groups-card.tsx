import type { ServiceLevelRule } from "#shared/contract/clinics.ts";
import { catalogue } from "#shared/metrics/catalogue.ts";
import type { MetricId, MetricValues } from "#shared/metrics/metric-values.ts";
import { serviceLevelBroken } from "../../figures/limits.ts";
import { writeMetric } from "../../figures/write-metric.ts";
import { writeRoute } from "../../state/routes.ts";
import { Card } from "../../ui/card.tsx";
import { Limited } from "../../ui/limited.tsx";
import table from "../../ui/table.module.css";
import type { TrendAnswer, TrendQuestion } from "./ask-trend.ts";
import type { TrendsView } from "./trends-view.ts";

const columns: readonly { id: MetricId; short: string }[] = [
  { id: "offered", short: "Offered" },
  { id: "answerRate", short: "Answered" },
  { id: "abandonRate", short: "Abandoned" },
  { id: "serviceLevel", short: "Service level" },
  { id: "averageSpeedOfAnswer", short: "Speed" },
  { id: "averageHandleTime", short: "Handle time" },
];
const words = { none: "All calls", location: "By location", queue: "By queue", agent: "By agent" };
const filters = { none: null, location: null, queue: "queueId", agent: "agentId" } as const;

/** The whole span in figures: each group of the split, and the total, which is never an average of the rows above it. */
export function GroupsCard(props: {
  answer: TrendAnswer;
  view: TrendsView;
  question: TrendQuestion;
  rule: ServiceLevelRule;
  className: string | undefined;
}) {
  const { answer, view, question, rule, className } = props;
  const filter = filters[view.split];
  const { startDate, endDate } = question;
  const cells = (values: MetricValues) =>
    columns.map(({ id }) => (
      <td key={id}>
        <Limited
          text={writeMetric(id, values[id])}
          broken={id === "serviceLevel" ? serviceLevelBroken(values.serviceLevel, rule)?.text : undefined}
        />
      </td>
    ));
  return (
    <Card title={words[view.split]} note="the whole range" className={className}>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">
                {view.split === "none" ? "Calls" : view.split[0]?.toUpperCase() + view.split.slice(1)}
              </th>
              {columns.map(({ id, short }) => (
                <th key={id} scope="col" title={`${catalogue[id].title}: ${catalogue[id].formula(rule)}`}>
                  {short}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {answer.groups.map((group) => (
              <tr key={group.key}>
                <th scope="row">
                  {filter === null ? (
                    group.label
                  ) : (
                    <a
                      className={table.link}
                      href={writeRoute({ screen: "calls", params: { startDate, endDate, [filter]: group.key } })}
                    >
                      {group.label}
                    </a>
                  )}
                </th>
                {cells(group)}
              </tr>
            ))}
            <tr>
              <th scope="row">
                <a className={table.link} href={writeRoute({ screen: "calls", params: { startDate, endDate } })}>
                  All
                </a>
              </th>
              {cells(answer.totals)}
            </tr>
          </tbody>
        </table>
      </div>
    </Card>
  );
}
