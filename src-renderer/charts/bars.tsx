import { useCallback, useMemo } from "react";
import { Canvas, type Point } from "./canvas.tsx";
import type { ChartTheme } from "./chart-theme.ts";
import { barsOption } from "./bars-option.ts";

export type Bar = {
  label: string;
  /** The whole of the bar; null draws none. */
  whole: number | null;
  /** The hatched part at its foot. */
  part: number;
  usual: number | null;
  usualLow: number | null;
  usualHigh: number | null;
};
export type BarsInput = {
  bars: readonly Bar[];
  wholeName: string;
  partName: string;
  /** Where "now" is, in bars from the first: 2.5 is the middle of the third. Null draws no line. */
  now: { at: number; label: string } | null;
  write: (value: number | null) => string;
};

/** Bars with a hatched part, before the range and the course that are usual. */
export function Bars(props: BarsInput & { label: string }) {
  const { label, bars, wholeName, partName, now, write } = props;
  const draw = useCallback(
    (theme: ChartTheme) => barsOption({ bars, wholeName, partName, now, write }, theme),
    [bars, wholeName, partName, now, write],
  );
  const points = useMemo(
    () =>
      bars.map((bar, dataIndex): Point => {
        const usual = bar.usual === null ? "" : `, usually ${write(bar.usual)}`;
        const text = `${bar.label}: ${write(bar.whole)} ${wholeName}, ${write(bar.part)} ${partName}${usual}`;
        return { seriesIndex: 0, dataIndex, text };
      }),
    [bars, wholeName, partName, write],
  );
  return <Canvas label={label} draw={draw} points={points} />;
}
