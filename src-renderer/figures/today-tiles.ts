import type { ServiceLevelRule } from "#shared/contract/clinics.ts";
import { catalogue } from "#shared/metrics/catalogue.ts";
import type { MetricId } from "#shared/metrics/metric-values.ts";
import { duration } from "../format/duration.ts";
import { weekdayOf } from "../format/moments.ts";
import { count, hundredths, percent } from "../format/numbers.ts";
import { writeRoute } from "../state/routes.ts";
import { compare } from "./compare.ts";
import { goalName, serviceLevelBroken, waitBroken } from "./limits.ts";
import type { Overview } from "./overview.ts";
import { usual } from "./usual.ts";

/** What a tile shows, ready to be drawn: `broken` limits, then good, bad and plain comparisons. */
export type TileView = {
  id: MetricId;
  title: string;
  /** "no data" where there is nothing to divide by. */
  value: string;
  /** Beside the value, smaller: its unit or its rate. */
  unit: string;
  note: { mark: "up" | "down" | "same" | "none" | "broken"; tone: "good" | "bad" | "plain" | "warn"; text: string };
  spark: readonly (number | null)[];
  formula: string;
  /** Where the rows behind the figure are. */
  href: string;
};

/** The six tiles of Today, in their order. */
export function todayTiles(overview: Overview, rule: ServiceLevelRule): TileView[] {
  const { values, day } = overview;
  const weekday = weekdayOf(day);
  const spark = (id: MetricId) => overview.tiles.find((tile) => tile.metric === id)?.spark ?? [];
  const note = (id: MetricId): TileView["note"] => {
    const { direction, tone, text } = compare(id, values[id], usual(overview, id), weekday);
    return { mark: direction, tone, text };
  };
  const tile = (id: MetricId, shown: Omit<TileView, "id" | "title" | "spark" | "formula" | "href">): TileView => ({
    id,
    title: catalogue[id].title,
    spark: spark(id),
    formula: catalogue[id].formula(rule),
    href: writeRoute({ screen: "calls", params: { startDate: day, endDate: day, ...catalogue[id].drill } }),
    ...shown,
  });
  const unless = (broken: { text: string } | null, other: TileView["note"]): TileView["note"] =>
    broken ? { mark: "broken", tone: "warn", text: broken.text } : other;

  const short =
    values.shortAbandoned === 0 ? "" : `, ${count(values.shortAbandoned)} under ${rule.shortAbandonSeconds} s`;
  const speed = values.averageSpeedOfAnswer;
  return [
    tile("offered", { value: count(values.offered), unit: "", note: note("offered") }),
    tile("answered", {
      value: count(values.answered),
      unit: values.answerRate === null ? "" : percent(values.answerRate),
      note: note("answerRate"),
    }),
    tile("abandoned", {
      value: count(values.abandoned),
      unit: values.abandonRate === null ? "" : percent(values.abandonRate),
      note: withShort(note("abandonRate"), short),
    }),
    tile("serviceLevel", {
      value: hundredths(values.serviceLevel),
      unit: values.serviceLevel === null ? "" : "%",
      note: unless(serviceLevelBroken(values.serviceLevel, rule), withGoal(note("serviceLevel"), rule)),
    }),
    tile("averageSpeedOfAnswer", {
      value: duration(speed),
      unit: "",
      note: unless(waitBroken(speed, rule), note("averageSpeedOfAnswer")),
    }),
    tile("averageHandleTime", {
      value: duration(values.averageHandleTime),
      unit: "",
      note: note("averageHandleTime"),
    }),
  ];
}

const withShort = (note: TileView["note"], short: string): TileView["note"] => ({
  ...note,
  text: `${note.text}${short}`,
});

const withGoal = (note: TileView["note"], rule: ServiceLevelRule): TileView["note"] => ({
  ...note,
  text: `${note.text}, goal ${goalName(rule)}`,
});
