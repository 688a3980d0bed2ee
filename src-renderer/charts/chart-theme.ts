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
  return {
    dark: theme === "dark",
    font: token("--font"),
    ink: token("--ink"),
    ink2: token("--ink-2"),
    ink3: token("--ink-3"),
    line: token("--line"),
    line2: token("--line-2"),
    surface: token("--surface"),
    accent: token("--accent"),
    heatLow: token("--heat-low"),
    heatHigh: token("--heat-high"),
    series: ["--c1", "--c2", "--c3", "--c4", "--c5", "--c6"].map(token),
    still: window.matchMedia("(prefers-reduced-motion: reduce)").matches,
  };
}

/** A colour of the theme, part transparent; tokens are written as #rrggbb. */
export const fade = (hex: string, alpha: number): string =>
  `${hex}${Math.round(alpha * 255)
    .toString(16)
    .padStart(2, "0")}`;
