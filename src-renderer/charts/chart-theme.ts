import { must } from "#shared/kit/must.ts";
import type { Theme } from "../state/theme.ts";

/** The tokens as a canvas needs them: read from the page, so that a chart and a table beside it never differ. */
export type ChartTheme = {
  dark: boolean;
  font: string;
  ink: string;
  ink2: string;
  ink3: string;
  line: string;
  line2: string;
  surface: string;
  accent: string;
  heatLow: string;
  heatHigh: string;
  series: readonly string[];
  /** No animation where the system asks for less motion. */
  still: boolean;
};

export function readChartTheme(element: Element, theme: Theme): ChartTheme {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const brush = must(document.createElement("canvas").getContext("2d"), "a canvas to read colours with");
  // The build shortens #ffffff to #fff and may name colours; a canvas gives every one back as #rrggbb.
  const color = (name: string) => {
    brush.fillStyle = token(name);
    return brush.fillStyle;
  };
  return {
    dark: theme === "dark",
    font: token("--font"),
    ink: color("--ink"),
    ink2: color("--ink-2"),
    ink3: color("--ink-3"),
    line: color("--line"),
    line2: color("--line-2"),
    surface: color("--surface"),
    accent: color("--accent"),
    heatLow: color("--heat-low"),
    heatHigh: color("--heat-high"),
    series: ["--c1", "--c2", "--c3", "--c4", "--c5", "--c6"].map(color),
    still: window.matchMedia("(prefers-reduced-motion: reduce)").matches,
  };
}

/** A colour of the theme, part transparent; tokens are written as #rrggbb. */
export const fade = (hex: string, alpha: number): string =>
  `${hex}${Math.round(alpha * 255)
    .toString(16)
    .padStart(2, "0")}`;
