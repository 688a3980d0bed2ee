/**
 * How PostgreSQL's text becomes a value, the same for `pg` and PGlite (which differ by default), keyed by type OID.
 * - int8: a number; panics beyond 2^53, which no count of ours reaches
 * - date: `2026-11-20`, never a Date (a Date would move it into the machine's zone)
 * - timestamptz: ISO text in UTC, `2026-11-20T14:03:11.000Z`; sessions run with TimeZone UTC
 * - numeric: text, because money is never a float on the way
 */
export const parsers: Record<number, (text: string) => unknown> = {
  20: (text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value)) throw new Error(`int8 ${text} does not fit a number`);
    return value;
  },
  1082: (text) => text,
  1114: (text) => text,
  1184: instantText,
  1186: (text) => text,
  1700: (text) => text,
};

/** `2026-11-20 14:03:11.5+00` to `2026-11-20T14:03:11.500Z`. */
export function instantText(text: string): string {
  const m = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00(?::00)?$/.exec(text);
  if (!m) return text;
  return `${m[1]}T${m[2]}.${(m[3] ?? "").padEnd(3, "0").slice(0, Math.max(3, m[3]?.length ?? 0))}Z`;
}
