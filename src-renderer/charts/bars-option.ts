import type { EChartsCoreOption } from "echarts/core";
import type { BarsInput } from "./bars.tsx";
import { type ChartTheme, fade } from "./chart-theme.ts";
import { axisLook, tipBox, tipLook } from "./tip-box.ts";

/** The drawing: a stack of part and rest, the band of the usual range as two stacked areas, the usual course with a halo, the now line. */
export function barsOption({ bars, wholeName, partName, now, write }: BarsInput, theme: ChartTheme): EChartsCoreOption {
  const [first = theme.accent, second = theme.accent] = theme.series;
  const labels = bars.map((bar) => bar.label);
  const hidden = { symbol: "none", silent: true, tooltip: { show: false }, animation: false };
  const usual = bars.map((bar) => bar.usual);
  return {
    animation: !theme.still,
    animationDuration: 240,
    grid: { left: 34, right: 8, top: 18, bottom: 24 },
    tooltip: {
      ...tipLook(theme),
      trigger: "axis",
      axisPointer: { type: "shadow", shadowStyle: { color: fade(theme.ink, 0.05) } },
      formatter: (at: unknown) => {
        const bar = bars[indexOf(at)];
        if (!bar) return "";
        return tipBox(bar.label, [
          { label: wholeName, value: write(bar.whole) },
          { label: partName, value: write(bar.part) },
          { label: "usual", value: write(bar.usual) },
          ...(bar.usualLow === null || bar.usualHigh === null
            ? []
            : [{ label: "usual range", value: `${write(bar.usualLow)} to ${write(bar.usualHigh)}` }]),
        ]);
      },
    },
    xAxis: [
      { type: "category", data: labels, ...axisLook(theme) },
      // A second axis in bars, so that "now" may stand between two of them.
      { type: "value", min: 0, max: bars.length, show: false },
    ],
    yAxis: { type: "value", minInterval: 1, ...axisLook(theme), axisLine: { show: false } },
    series: [
      {
        name: partName,
        type: "bar",
        stack: "whole",
        barMaxWidth: 46,
        barCategoryGap: "38%",
        data: bars.map((bar) => (bar.part === 0 ? null : bar.part)),
        itemStyle: {
          color: theme.surface,
          borderColor: second,
          borderWidth: 1,
          decal: { symbol: "rect", color: second, dashArrayX: [1, 0], dashArrayY: [2.5, 3.5], rotation: -Math.PI / 4 },
        },
        z: 3,
      },
      {
        name: wholeName,
        type: "bar",
        stack: "whole",
        data: bars.map((bar) => (bar.whole === null ? null : bar.whole - bar.part)),
        itemStyle: { color: first, borderRadius: [2, 2, 0, 0] },
        z: 3,
      },
      { ...hidden, type: "line", stack: "range", data: bars.map((b) => b.usualLow), lineStyle: { opacity: 0 }, z: 1 },
      {
        ...hidden,
        type: "line",
        stack: "range",
        data: bars.map((b) => (b.usualHigh === null || b.usualLow === null ? null : b.usualHigh - b.usualLow)),
        lineStyle: { opacity: 0 },
        areaStyle: { color: fade(theme.ink, 0.08) },
        z: 1,
      },
      { ...hidden, type: "line", data: usual, lineStyle: { color: theme.surface, width: 3.4 }, z: 4 },
      { ...hidden, type: "line", data: usual, lineStyle: { color: theme.ink, width: 1.4, type: [4, 3] }, z: 5 },
      {
        ...hidden,
        type: "line",
        xAxisIndex: 1,
        data: [],
        markLine: {
          silent: true,
          symbol: "none",
          animation: false,
          lineStyle: { color: theme.accent, width: 1.5, type: "solid" },
          label: {
            formatter: now?.label ?? "",
            color: theme.accent,
            fontFamily: theme.font,
            fontSize: 11,
            fontWeight: 600,
            position: "end",
            distance: 3,
          },
          data: now === null ? [] : [{ xAxis: now.at }],
        },
        z: 6,
      },
    ],
  };
}

/** The point ECharts means, from what it gives to a formatter: one entry a series, of the same point. */
export function indexOf(at: unknown): number {
  const first: unknown = Array.isArray(at) ? at[0] : at;
  return typeof first === "object" && first !== null && "dataIndex" in first ? Number(first.dataIndex) : -1;
}
