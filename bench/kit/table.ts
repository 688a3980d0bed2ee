import type { Result } from "./bench.ts";

/** The results as a table for the terminal. */
export function table(results: readonly Result[]): string {
  const rows = results.map((r) => [
    r.ok ? "ok" : "MISSED",
    r.id,
    r.title,
    `${r.median} / ${r.p95} ${r.unit}`,
    r.budget ? [r.budget.median, r.budget.p95].map((bound) => bound ?? "–").join(" / ") : "",
    Object.entries(r.peers)
      .map(([name, p]) => `${name} ${p.median} / ${p.p95}`)
      .join(", "),
  ]);
  const head = ["", "id", "what", "median / p95", "budget", "beside it"];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)));
  const line = (cells: string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return [line(head), line(widths.map((width) => "─".repeat(width))), ...rows.map(line)].join("\n");
}
