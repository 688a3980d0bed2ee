import type { WireRow } from "#shared/sync/fold-changes.ts";

const special = /[\\\n\r\t]/;

/** Rows as COPY's text format: tab between columns, \N for null. */
export function copyText(rows: WireRow[], columns: string[]): string {
  let text = "";
  for (const row of rows) {
    for (let i = 0; i < columns.length; i++) {
      const value = row[columns[i] ?? ""];
      if (i > 0) text += "\t";
      text += value === null || value === undefined ? "\\N" : special.test(value) ? escaped(value) : value;
    }
    text += "\n";
  }
  return text;
}

const escaped = (value: string): string =>
  value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t");
