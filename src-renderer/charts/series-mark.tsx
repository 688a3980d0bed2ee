import { useId } from "react";
import { dash } from "./decals.ts";

/** A series as the legend shows it: the same dashes and mark, or the same pattern, as in the drawing. */
export function SeriesMark({ series, color, as }: { series: number; color: string; as: "line" | "bar" }) {
  const pattern = useId();
  if (as === "bar") {
    return (
      <svg width={12} height={12} viewBox="0 0 12 12" aria-hidden>
        <defs>
          <pattern id={pattern} width={4} height={4} patternUnits="userSpaceOnUse" patternTransform={turns[series % 6]}>
            <rect width={4} height={4} fill={color} />
            {series % 6 === 0 ? null : series % 6 === 2 ? (
              <circle cx={2} cy={2} r={1} fill="var(--surface)" opacity={0.6} />
            ) : (
              <rect width={4} height={1.4} fill="var(--surface)" opacity={0.6} />
            )}
          </pattern>
        </defs>
        <rect width={12} height={12} rx={2} fill={`url(#${pattern})`} />
      </svg>
    );
  }
  const dashes = dash(series);
  return (
    <svg width={24} height={10} viewBox="0 0 24 10" aria-hidden>
      <line
        x1={0}
        x2={24}
        y1={5}
        y2={5}
        stroke={color}
        strokeWidth={2}
        strokeDasharray={typeof dashes === "string" ? undefined : dashes.join(" ")}
      />
      <path d={marks[series % marks.length]} fill={color} />
    </svg>
  );
}

const turns = ["", "rotate(-45)", "", "", "rotate(45)", "rotate(90)"];
/** Circle, square, triangle, diamond, rounded square, pin: ECharts' symbols of the same order. */
const marks = [
  "M12 1.5a3.5 3.5 0 1 0 .01 0Z",
  "M9 2h6v6h-6Z",
  "M12 1.2 15.8 8H8.2Z",
  "M12 .8 15.6 5 12 9.2 8.4 5Z",
  "M10 2h4a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1h-4a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1Z",
  "M12 9.5 9 4.4A3.2 3.2 0 1 1 15 4.4Z",
];
