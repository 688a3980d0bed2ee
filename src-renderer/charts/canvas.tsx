import type { EChartsCoreOption } from "echarts/core";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTheme } from "../state/theme.ts";
import { Hidden } from "../ui/hidden.tsx";
import styles from "./canvas.module.css";
import { type ChartTheme, readChartTheme } from "./chart-theme.ts";
import type { EChartsType } from "./echarts.ts";
import { stepTo } from "./step-to.ts";

/** A point that the arrow keys can stand on: where it is in the drawing, and what it says. */
export type Point = { seriesIndex: number; dataIndex: number; text: string };

/**
 * A drawing by ECharts: redrawn when its option, the theme or its size changes. It takes the keyboard: arrows move over the points and
 * say each aloud, Home and End jump, Escape lets go. Colours come from the tokens through `draw`.
 */
export function Canvas(props: {
  label: string;
  draw: (theme: ChartTheme) => EChartsCoreOption;
  points: readonly Point[];
  /** Points in a row of a grid, so that up and down move by rows; 1 for a plain series. */
  columns?: number;
  className?: string | undefined;
}) {
  const { label, draw, points, columns = 1 } = props;
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const at = useRef(-1);
  const [said, setSaid] = useState("");
  const [ready, setReady] = useState(false);
  const theme = useTheme();

  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const watch = new ResizeObserver(() => chart.current?.resize());
    let gone = false;
    // The library comes after the first painting: tiles and tables need not wait for it.
    const begin = async () => {
      const { init } = await import("./echarts.ts");
      if (gone) return;
      chart.current = init(element, null, { renderer: "canvas" });
      watch.observe(element);
      setReady(true);
    };
    begin().catch((problem: unknown) => {
      console.error(problem);
      setSaid("The chart could not be loaded: reload the window, or look at the table.");
    });
    return () => {
      gone = true;
      watch.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    const element = host.current;
    if (element === null || !ready) return undefined;
    const paint = () => chart.current?.setOption(draw(readChartTheme(element, theme)), { notMerge: true });
    paint();
    if (document.fonts.status === "loaded") return undefined;
    // A canvas doesn't follow a font that arrives late, as words on the page do.
    document.fonts.addEventListener("loadingdone", paint);
    return () => document.fonts.removeEventListener("loadingdone", paint);
  }, [draw, theme, ready]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      chart.current?.dispatchAction({ type: "hideTip" });
      setSaid("");
      return;
    }
    const next = stepTo(event.key, at.current, points.length, columns);
    const point = next === null ? undefined : points[next];
    if (next === null || point === undefined) return;
    event.preventDefault();
    at.current = next;
    chart.current?.dispatchAction({
      type: "showTip",
      seriesIndex: point.seriesIndex,
      dataIndex: point.dataIndex,
    });
    setSaid(point.text);
  };

  return (
    // A chart is one stop of the Tab key with arrow keys of its own, which is what the application role is for.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      className={`${styles.canvas} ${props.className ?? ""}`}
      role="application"
      aria-roledescription="chart"
      aria-label={`${label}. Arrow keys read its points.`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onKeyDown={onKeyDown}
      onBlur={() => chart.current?.dispatchAction({ type: "hideTip" })}
    >
      <div ref={host} className={styles.host} aria-hidden />
      <div aria-live="polite">
        <Hidden>{said}</Hidden>
      </div>
    </div>
  );
}
