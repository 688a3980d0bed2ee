import { useMemo } from "react";
import type { Clinic } from "#shared/contract/clinics.ts";
import { catalogue } from "#shared/metrics/catalogue.ts";
import type { MetricId } from "#shared/metrics/metric-values.ts";
import { ChartCard } from "../../charts/chart-card.tsx";
import { Heat } from "../../charts/heat.tsx";
import { useLive } from "../../client/use-live.ts";
import { writeMetric } from "../../figures/write-metric.ts";
import { weekdayName } from "../../format/moments.ts";
import { decimal } from "../../format/numbers.ts";
import { Card } from "../../ui/card.tsx";
import { LiveStates } from "../../ui/live-states.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Picker } from "../../ui/picker.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import type { TrendQuestion } from "./ask-trend.ts";
import { heatGrid } from "./heat-grid.ts";
import { heatMetrics, metricChoices } from "./trends-view.ts";
import styles from "./trends.module.css";

type Props = { clinic: Clinic; question: TrendQuestion; metric: MetricId; onMetric: (metric: MetricId) => void };

/** The hours of the week: when the telephones ring, and when they are answered late. */
export function HeatCard({ clinic, question, metric, onMetric }: Props) {
  const live = useLive(["heat", question], (client, signal) => client.reports.heatMap(question, { signal }), [
    "calls",
    "clinics",
  ]);
  const isCount = catalogue[metric].unit === "count";
  const write = useMemo(
    () => (value: number | null) => (isCount ? decimal(value) : writeMetric(metric, value)),
    [isCount, metric],
  );
  const grid = useMemo(
    () => heatGrid(live.data ?? [], metric, clinic.opensHour, clinic.closesHour),
    [live.data, metric, clinic.opensHour, clinic.closesHour],
  );
  const columns = useMemo(() => grid.hours.map(String), [grid.hours]);
  const rows = useMemo(() => grid.weekdays.map((weekday) => weekdayName(weekday, "short")), [grid.weekdays]);
  const title = "Hours of the week";
  const note = isCount ? `${catalogue[metric].title.toLowerCase()}, per day` : catalogue[metric].title.toLowerCase();
  const figures = {
    caption: `${title}: ${note}`,
    columns: ["Weekday", ...columns],
    rows: grid.weekdays.map((weekday, at) => [
      weekdayName(weekday),
      ...grid.hours.map((_, hour) => write(grid.values[at * grid.hours.length + hour] ?? null)),
    ]),
  };
  const picker = (
    <Picker
      label="Figure"
      choices={metricChoices(heatMetrics)}
      value={metric}
      onChange={(id) => onMetric(heatMetrics.find((one) => one === id) ?? metric)}
    />
  );
  if (live.data === undefined || live.data.length === 0) {
    return (
      <Card title={title} note={note} className={styles.heat}>
        <LiveStates live={live} what="the hours of the week" skeleton={<Skeleton rows={7} height={26} />}>
          {() => (
            <Notice tone="empty" title="No calls in this range">
              Choose a longer range or all locations.
            </Notice>
          )}
        </LiveStates>
      </Card>
    );
  }
  return (
    <ChartCard title={title} note={note} aside={picker} figures={figures} className={styles.heat}>
      <Heat label={`${title}, ${note}`} columns={columns} rows={rows} values={grid.values} write={write} name={note} />
    </ChartCard>
  );
}
