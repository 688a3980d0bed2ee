import { useMemo } from "react";
import type { Clinic } from "#shared/contract/clinics.ts";
import { Bars } from "../../charts/bars.tsx";
import { ChartCard } from "../../charts/chart-card.tsx";
import { Legend } from "../../charts/legend.tsx";
import type { Overview } from "../../figures/overview.ts";
import { count, decimal } from "../../format/numbers.ts";
import { weekdayOf } from "../../format/moments.ts";
import { hourBars, hoursInView, nowMark } from "./hour-bars.ts";

const write = (value: number | null) => (value === null || Number.isInteger(value) ? count(value) : decimal(value));

/** Offered and abandoned calls by hour, before what is usual for the weekday. */
export function HoursCard(props: { overview: Overview; clinic: Clinic; className: string | undefined }) {
  const { overview, clinic, className } = props;
  const { day, minute, usualDays } = overview;
  const { opensHour, closesHour } = clinic;
  const hours = useMemo(
    () => hoursInView(overview.hours, opensHour, closesHour),
    [overview.hours, opensHour, closesHour],
  );
  const bars = useMemo(() => hourBars(hours, minute), [hours, minute]);
  const now = useMemo(() => nowMark(hours, minute), [hours, minute]);
  const weekday = weekdayOf(day);
  const note =
    usualDays === 0
      ? `no earlier ${weekday} to compare yet`
      : `against ${usualDays === 1 ? "one" : `the last ${usualDays}`} ${weekday}${usualDays === 1 ? "" : "s"}`;
  const figures = {
    caption: "Calls by hour",
    columns: ["Hour", "Offered", "Abandoned", "Usual", "Usual range"],
    rows: bars.map((bar) => [
      bar.label,
      // An hour that has not begun is neither 0 nor missing.
      bar.whole === null ? "–" : write(bar.whole),
      bar.whole === null ? "–" : write(bar.part),
      write(bar.usual),
      bar.usualLow === null || bar.usualHigh === null ? "no data" : `${write(bar.usualLow)} to ${write(bar.usualHigh)}`,
    ]),
  };
  const legend = (
    <Legend
      items={[
        { id: "offered", label: "offered", swatch: "fill", color: "var(--c1)" },
        { id: "abandoned", label: "abandoned", swatch: "hatch", color: "var(--c2)" },
        { id: "usual", label: "usual", swatch: "dashed", color: "var(--ink)" },
        { id: "range", label: "usual range", swatch: "band", color: "var(--ink)" },
      ]}
    />
  );
  return (
    <ChartCard title="Calls by hour" note={note} aside={legend} figures={figures} className={className}>
      <Bars
        label={`Calls by hour, ${note}`}
        bars={bars}
        wholeName="offered"
        partName="abandoned"
        now={now}
        write={write}
      />
    </ChartCard>
  );
}
