import { useCallback, useMemo } from "react";
import { Canvas, type Point } from "./canvas.tsx";
import type { ChartTheme } from "./chart-theme.ts";
import { heatOption } from "./heat-option.ts";

export type HeatInput = {
  columns: readonly string[];
  rows: readonly string[];
  /** One value a cell, row by row; null is drawn as an empty cell. */
  values: readonly (number | null)[];
  write: (value: number | null) => string;
  name: string;
};

/** A grid of shades, each cell with its figure where there is room, and a scale with its ends named. */
export function Heat(props: HeatInput & { label: string }) {
  const { label, columns, rows, values, write, name } = props;
  const draw = useCallback(
    (theme: ChartTheme) => heatOption({ columns, rows, values, write, name }, theme),
    [columns, rows, values, write, name],
  );
  const points = useMemo(
    () =>
      values.map((value, at): Point => {
        const row = rows[Math.floor(at / columns.length)] ?? "";
        const column = columns[at % columns.length] ?? "";
        return { seriesIndex: 0, dataIndex: at, text: `${row} ${column}: ${write(value)}` };
      }),
    [values, rows, columns, write],
  );
  return <Canvas label={label} draw={draw} points={points} columns={columns.length} />;
}
