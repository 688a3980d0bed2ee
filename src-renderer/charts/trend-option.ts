import type { EChartsCoreOption } from "echarts/core";
import { indexOf } from "./bars-option.ts";
import { type ChartTheme, fade } from "./chart-theme.ts";
import { dash, decal, symbol } from "./decals.ts";
import { timeStep } from "./time-step.ts";
import { axisLook, tipBox, tipLook } from "./tip-box.ts";
import type { TrendInput } from "./trend.tsx";

/** The drawing of `<Trend>`. Hidden series stay in it without data, so that the others keep their colours. */
export function trendOption(input: TrendInput, theme: ChartTheme): EChartsCoreOption {
  const { labels, series, hidden, kind, write, unit } = input;
  const shown = series.filter((one) => !hidden.has(one.id)).flatMap((one) => one.values);
  const max = Math.max(1, ...shown.map((value) => value ?? 0));
  const few = labels.length <= 31;
  const color = (at: number) => theme.series[at % theme.series.length] ?? theme.accent;
  return {
    animation: !theme.still,
    animationDuration: 240,
    grid: { left: 8, right: 16, top: 14, bottom: 4, containLabel: true },
    tooltip: {
      ...tipLook(theme),
      trigger: "axis",
      axisPointer: { type: kind === "bar" ? "shadow" : "line", shadowStyle: { color: fade(theme.ink, 0.05) } },
      formatter: (at: unknown) => {
        const index = indexOf(at);
        const shown = series.filter((one) => !hidden.has(one.id));
        return tipBox(
          labels[index] ?? "",
          shown.map((one) => ({ label: one.name, value: write(one.values[index] ?? null) })),
        );
      },
    },
    xAxis: {
      type: "category",
      data: labels,
      boundaryGap: kind === "bar",
      ...axisLook(theme),
      axisLabel: { ...axisLook(theme).axisLabel, hideOverlap: true },
    },
    yAxis: {
      type: "value",
      ...axisLook(theme),
      axisLine: { show: false },
      axisLabel: {
        ...axisLook(theme).axisLabel,
        formatter: (value: number) => write(value).replace(/\.0(?=\D|$)/, ""),
      },
      scale: unit === "rate" && kind === "line",
      ...(unit === "seconds" ? { interval: timeStep(max), max: Math.ceil(max / timeStep(max)) * timeStep(max) } : {}),
      ...(unit === "rate" ? { max: (extent: { max: number }) => (extent.max > 0.8 ? 1 : undefined) } : {}),
    },
    series: series.map((one, at) => ({
      name: one.name,
      type: kind,
      data: hidden.has(one.id) ? [] : one.values.map((value) => value ?? "-"),
      ...(kind === "bar"
        ? {
            barMaxWidth: 28,
            itemStyle: { color: color(at), borderRadius: [2, 2, 0, 0], decal: decal(at, fade(theme.surface, 0.55)) },
          }
        : {
            lineStyle: { color: color(at), width: 2, type: dash(at) },
            itemStyle: { color: color(at) },
            symbol: symbol(at),
            symbolSize: 6,
            showSymbol: few || one.values.filter((value) => value !== null).length < 3,
            connectNulls: false,
            ...(series.length === 1 ? { areaStyle: { color: fade(color(at), 0.08) } } : {}),
          }),
    })),
  };
}
