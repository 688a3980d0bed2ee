import { isBlank, trimLineEnd } from "./reader/split-lines.ts";

/** One record on its way in: a raw line without its line end, or one JSON record, as bytes. */
export type IncomingRecord = { format: "line" | "json"; body: Buffer };

/** A raw line from text or bytes; null for a blank one, which is no record. */
export function incomingLine(line: string | Buffer): IncomingRecord | null {
  const body = trimLineEnd(typeof line === "string" ? Buffer.from(line, "utf8") : line);
  return isBlank(body) ? null : { format: "line", body };
}
