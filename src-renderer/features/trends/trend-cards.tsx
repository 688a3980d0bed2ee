import { useMemo, useState } from "react";
import type { Clinic } from "#shared/contract/clinics.ts";
import { catalogue } from "#shared/metrics/catalogue.ts";
import { ChartCard } from "../../charts/chart-card.tsx";
import { Legend } from "../../charts/legend.tsx";
import { Trend } from "../../charts/trend.tsx";
import { useLive } from "../../client/use-live.ts";
import { writeMetric } from "../../figures/write-metric.ts";
import { Card } from "../../ui/card.tsx";
import { LiveStates } from "../../ui/live-states.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Picker } from "../../ui/picker.tsx";
import { Segments } from "../../ui/segments.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { askTrend, needsPercentiles, type TrendAnswer, type TrendQuestion } from "./ask-trend.ts";
import { GroupsCard } from "./groups-card.tsx";
import { stepLabel } from "./step-label.ts";
import { trendSeries } from "./trend-series.ts";
import { metricChoices, trendMetrics, type TrendsView } from "./trends-view.ts";
import styles from "./trends.module.css";

type Props = { question: TrendQuestion; view: TrendsView; onShow: (change: Partial<TrendsView>) => void };

/** The course over time, and the table of the whole span beside it. */
export function TrendCards({ clinic, ...props }: Props & { clinic: Clinic }) {
  const { question, view } = props;
  const { step, split, metric } = view;
  const live = useLive(
    ["trend", question, step, split, needsPercentiles(metric)],
    (client, signal) => askTrend(client, question, { step, split, metric }, signal),
    ["calls", "clinics", "locations", "queues", "agents"],
  );
  return (
    <LiveStates
      live={live}
      what="the course"
      skeleton={
        <Card title="Course" className={styles.chart}>
          <Skeleton rows={8} height={24} />
        </Card>
      }
    >
      {(answer) =>
        answer.whole.length === 0 ? (
          <div className={styles.chart}>
            <Notice tone="empty" title="No calls in this range">
              Choose a longer range or all locations. Older calls appear once the first sync has brought them here.
            </Notice>
          </div>
        ) : (
          <>
            <CourseCard {...props} answer={answer} />
            <GroupsCard
              answer={answer}
              view={view}
              question={question}
              rule={clinic.serviceLevel}
              className={styles.half}
            />
          </>
        )
      }
    </LiveStates>
  );
}

const none: ReadonlySet<string> = new Set();
const colors = ["var(--c1)", "var(--c2)", "var(--c3)", "var(--c4)", "var(--c5)", "var(--c6)"];

function CourseCard({ view, onShow, answer }: Props & { answer: TrendAnswer }) {
  const { metric, step, kind, split } = view;
  const [hiddenOf, setHiddenOf] = useState({ split, hidden: none });
  const hidden = hiddenOf.split === split ? hiddenOf.hidden : none;
  const { keys, series } = useMemo(() => trendSeries(answer, metric), [answer, metric]);
  const labels = useMemo(() => keys.map((key) => stepLabel(step, key)), [keys, step]);
  const write = useMemo(() => (value: number | null) => writeMetric(metric, value), [metric]);
  const toggle = (id: string) => {
    const next = new Set(hidden);
    if (!next.delete(id)) next.add(id);
    setHiddenOf({ split, hidden: next });
  };
  const { title } = catalogue[metric];
  const left = answer.groups.length - answer.courses.length;
  const note = left > 0 ? `the ${answer.courses.length} largest of ${answer.groups.length}` : `by ${step}`;
  const legend = series.map((one, at) => ({
    id: one.id,
    label: one.name,
    swatch: kind,
    series: at,
    color: colors[at % colors.length] ?? "var(--c6)",
  }));
  return (
    <ChartCard
      title={title}
      note={note}
      className={styles.chart}
      figures={{
        caption: `${title} by ${step}`,
        columns: [step[0]?.toUpperCase() + step.slice(1), ...series.map((one) => one.name)],
        rows: labels.map((label, at) => [label, ...series.map((one) => write(one.values[at] ?? null))]),
      }}
      aside={
        <>
          {series.length > 1 ? <Legend items={legend} hidden={hidden} onToggle={toggle} /> : null}
          <Picker
            label="Figure"
            choices={metricChoices(trendMetrics)}
            value={metric}
            onChange={(id) => onShow({ metric: trendMetrics.find((one) => one === id) ?? metric })}
          />
          <Segments
            label="Drawn as"
            choices={[
              { id: "line", label: "Lines" },
              { id: "bar", label: "Bars" },
            ]}
            value={kind}
            onChange={(next) => onShow({ kind: next })}
          />
        </>
      }
    >
      <Trend
        label={`${title} by ${step}`}
        labels={labels}
        series={series}
        hidden={hidden}
        kind={kind}
        write={write}
        unit={catalogue[metric].unit}
      />
    </ChartCard>
  );
}
