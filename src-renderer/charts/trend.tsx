import type { Unit } from "#shared/metrics/metric.ts";
import { useCallback, useMemo } from "react";
import { Canvas, type Point } from "./canvas.tsx";
import type { ChartTheme } from "./chart-theme.ts";
import { trendOption } from "./trend-option.ts";

export type TrendSeries = { id: string; name: string; values: readonly (number | null)[] };
export type TrendInput = {
  labels: readonly string[];
  series: readonly TrendSeries[];
  /** Series not drawn; the others keep their colour and pattern. */
  hidden: ReadonlySet<string>;
  kind: "line" | "bar";
  write: (value: number | null) => string;
  /** A rate's scale ends at 1, one of seconds has its lines at round times. */
  unit: Unit;
};

/** Courses over time, as lines with dashes and marks or as bars with patterns. */
export function Trend(props: TrendInput & { label: string }) {
  const { label, labels, series, hidden, kind, write, unit } = props;
  const draw = useCallback(
    (theme: ChartTheme) => trendOption({ labels, series, hidden, kind, write, unit }, theme),
    [labels, series, hidden, kind, write, unit],
  );
  const points = useMemo(
    () =>
      labels.map((name, dataIndex): Point => {
        const figures = series
          .filter((one) => !hidden.has(one.id))
          .map((one) => `${one.name} ${write(one.values[dataIndex] ?? null)}`);
        return { seriesIndex: 0, dataIndex, text: `${name}: ${figures.join(", ")}` };
      }),
    [labels, series, hidden, write],
  );
  return <Canvas label={label} draw={draw} points={points} />;
}
