import type { HeatCell } from "#shared/contract/reports.ts";
import { catalogue } from "#shared/metrics/catalogue.ts";
import type { MetricId } from "#shared/metrics/metric-values.ts";

export type HeatGrid = { hours: number[]; weekdays: number[]; values: (number | null)[] };

/**
 * Cells in the order of the drawing: Monday to Sunday, each with the hours of opening and every hour beyond that had a call. A count is
 * shown per day of that weekday (sum of calls / number of days), everything else as it is. An hour without calls on a weekday that was
 * in the range is 0 calls, but no data for a rate or a time.
 */
export function heatGrid(cells: readonly HeatCell[], metric: MetricId, opens: number, closes: number): HeatGrid {
  const seen = cells.filter((cell) => cell.offered + cell.outbound + cell.internal > 0).map((cell) => cell.hour);
  const first = Math.min(opens, ...seen);
  const last = Math.max(closes - 1, ...seen);
  const hours = Array.from({ length: last - first + 1 }, (_, step) => first + step);
  const weekdays = [1, 2, 3, 4, 5, 6, 7];
  const isCount = catalogue[metric].unit === "count";
  const days = new Map(cells.map((cell) => [cell.weekday, cell.days]));
  const byPlace = new Map(cells.map((cell) => [cell.weekday * 24 + cell.hour, cell]));
  const values = weekdays.flatMap((weekday) =>
    hours.map((hour) => {
      const cell = byPlace.get(weekday * 24 + hour);
      if (!isCount) return cell?.[metric] ?? null;
      const over = days.get(weekday) ?? 0;
      return over === 0 ? null : (cell?.[metric] ?? 0) / over;
    }),
  );
  return { hours, weekdays, values };
}
