import { z } from "zod";

/** What the log ended with at a moment, kept outside the database: the hash in hex. Line 0 is the beginning of an empty log. */
export const anchor = z.object({
  id: z.int().min(0),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.string(),
});
export type Anchor = z.infer<typeof anchor>;

/**
 * Reads the lines of `audit-anchors.log`. A last line that a crash cut short is passed over: it was never kept.
 * @throws an Error that names the line which is no anchor
 */
export function parseAnchors(text: string): Anchor[] {
  const lines = text.split("\n");
  lines.pop();
  return lines.map((line, index) => {
    const read = anchor.safeParse(parsed(line));
    if (!read.success) throw new Error(`Line ${index + 1} of the anchors was changed: it is no anchor.`);
    return read.data;
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
