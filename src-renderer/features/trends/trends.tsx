import type { Clinic } from "#shared/contract/clinics.ts";
import { today } from "../../format/days.ts";
import { dayLong } from "../../format/moments.ts";
import type { Route } from "../../state/routes.ts";
import { usePlaceFilter } from "../../state/use-clinic.ts";
import { go } from "../../state/use-route.ts";
import { Picker } from "../../ui/picker.tsx";
import { Segments } from "../../ui/segments.tsx";
import { HeatCard } from "./heat-card.tsx";
import { TrendCards } from "./trend-cards.tsx";
import styles from "./trends.module.css";
import { readView, spanDays, spans, spanWords, splits, steps, type TrendsView, writeView } from "./trends-view.ts";

const splitWords = { none: "all calls", location: "location", queue: "queue", agent: "agent" };

/** Courses over days, weeks and months, and the hours of the week. */
export function Trends({ clinic, route }: { clinic: Clinic; route: Route }) {
  const view = readView(route.params);
  const range = spanDays(view.span, today(clinic.timeZone));
  const place = usePlaceFilter(clinic);
  const show = (change: Partial<TrendsView>) =>
    go({ screen: "trends", params: writeView({ ...view, ...change }) }, { replace: true });
  return (
    <div className={styles.trends}>
      <header className={styles.header}>
        <h1 className={styles.title}>Trends</h1>
        <Picker
          label="Range"
          choices={spans.map((id) => ({ id, label: spanWords[id] }))}
          value={view.span}
          onChange={(id) => show({ span: spans.find((span) => span === id) ?? view.span })}
        />
        <Segments
          label="Step"
          choices={steps.map((id) => ({ id, label: id[0]?.toUpperCase() + id.slice(1) }))}
          value={view.step}
          onChange={(step) => show({ step })}
        />
        <Picker
          label="By"
          choices={splits.map((id) => ({ id, label: splitWords[id] }))}
          value={view.split}
          onChange={(id) => show({ split: splits.find((split) => split === id) ?? view.split })}
        />
        <span className={styles.range}>
          {dayLong(range.startDate)} to {dayLong(range.endDate)}
        </span>
      </header>
      <TrendCards clinic={clinic} question={{ ...place, ...range }} view={view} onShow={show} />
      <HeatCard
        clinic={clinic}
        question={{ ...place, ...range }}
        metric={view.heat}
        onMetric={(heat) => show({ heat })}
      />
    </div>
  );
}
