import type { EChartsCoreOption } from "echarts/core";
import { indexOf } from "./bars-option.ts";
import { type ChartTheme, fade } from "./chart-theme.ts";
import type { HeatInput } from "./heat.tsx";
import { inkOn } from "./shade.ts";
import { axisLook, tipBox, tipLook } from "./tip-box.ts";

/** The drawing of `<Heat>`: figures in the cells, in the ink that reads better on the shade. */
export function heatOption({ columns, rows, values, write, name }: HeatInput, theme: ChartTheme): EChartsCoreOption {
  const held = values.filter((value) => value !== null);
  const low = held.length === 0 ? 0 : Math.min(...held);
  const high = held.length === 0 ? 1 : Math.max(...held);
  const share = (value: number) => (high === low ? 0 : (value - low) / (high - low));
  const label = { show: true, fontFamily: theme.font, fontSize: columns.length > 16 ? 10 : 11 };
  return {
    animation: false,
    grid: { left: 8, right: 8, top: 8, bottom: 44, containLabel: true },
    tooltip: {
      ...tipLook(theme),
      formatter: (at: unknown) => {
        const index = indexOf(at);
        const title = `${rows[Math.floor(index / columns.length)] ?? ""}, ${columns[index % columns.length] ?? ""}`;
        return tipBox(title, [{ label: name, value: write(values[index] ?? null) }]);
      },
    },
    xAxis: {
      type: "category",
      data: columns,
      ...axisLook(theme),
      axisLine: { show: false },
      splitLine: { show: false },
    },
    yAxis: { type: "category", data: rows, inverse: true, ...axisLook(theme), axisLine: { show: false } },
    visualMap: {
      min: low,
      max: high === low ? low + 1 : high,
      dimension: 2,
      calculable: false,
      orient: "horizontal",
      left: "center",
      bottom: 0,
      itemWidth: 12,
      itemHeight: 180,
      text: [write(high), write(low)],
      textStyle: { color: theme.ink2, fontFamily: theme.font, fontSize: 11 },
      inRange: { color: [theme.heatLow, theme.heatHigh] },
      outOfRange: { color: fade(theme.ink, 0.04) },
    },
    series: [
      {
        name,
        type: "heatmap",
        data: values.map((value, at) => ({
          value: [at % columns.length, Math.floor(at / columns.length), value ?? "-"],
          label: {
            ...label,
            show: label.show && value !== null,
            formatter: () => write(value).replace(/\u00A0%$/, ""),
            color: inkOn(theme.heatLow, theme.heatHigh, share(value ?? low), [theme.ink, theme.surface]),
          },
        })),
        itemStyle: { borderColor: theme.surface, borderWidth: 2, borderRadius: 3 },
        emphasis: { itemStyle: { borderColor: theme.ink, borderWidth: 2 } },
      },
    ],
  };
}
