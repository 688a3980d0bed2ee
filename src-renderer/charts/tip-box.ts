import type { ChartTheme } from "./chart-theme.ts";

export type TipRow = { label: string; value: string };

/** The box at a point. Built from nodes, so that no name from a phone system is ever read as markup. */
export function tipBox(title: string, rows: readonly TipRow[]): HTMLElement {
  const box = document.createElement("div");
  const head = document.createElement("strong");
  head.textContent = title;
  box.append(head);
  for (const { label, value } of rows) {
    const row = document.createElement("div");
    row.style.cssText = "display:flex;justify-content:space-between;gap:18px";
    const name = document.createElement("span");
    name.textContent = label;
    const figure = document.createElement("span");
    figure.style.fontWeight = "600";
    figure.textContent = value;
    row.append(name, figure);
    box.append(row);
  }
  return box;
}

/** How the box looks, for ECharts' `tooltip`. */
export const tipLook = (theme: ChartTheme) => ({
  backgroundColor: theme.surface,
  borderColor: theme.line2,
  borderWidth: 1,
  padding: [8, 11] as [number, number],
  textStyle: { color: theme.ink, fontFamily: theme.font, fontSize: 12.5 },
  transitionDuration: 0,
  confine: true,
});

/** Lines and words of an axis. */
export const axisLook = (theme: ChartTheme) => ({
  axisLine: { lineStyle: { color: theme.line } },
  axisTick: { show: false },
  axisLabel: { color: theme.ink3, fontFamily: theme.font, fontSize: 11 },
  splitLine: { lineStyle: { color: theme.line } },
});
