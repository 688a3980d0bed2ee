const form = /^(\d{4})([/.-])(\d\d?)\2(\d\d?)[ T](\d\d?):(\d\d):(\d\d)(?:\.\d+)?\s*(?:Z|UTC|([+-])(\d\d):?(\d\d))?$/i;

/** Whether a text has the form of a time, whatever its date. */
export const isInstant = (text: string): boolean => form.test(text);

/**
 * `2024/04/30 06:27:28` with any of `/ . -`, in UTC, as milliseconds since 1970; ISO text with an offset is taken at its
 * word. Null when the text is no time or names a day that does not exist. Fractions are cut: records count in seconds.
 */
export function instant(text: string): number | null {
  const m = form.exec(text);
  if (!m) return null;
  const [year, month, day, hour, minute, second] = [m[1], m[3], m[4], m[5], m[6], m[7]].map(Number) as [number, number, number, number, number, number]; // prettier-ignore
  if (year < 1990 || year > 2199 || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return null;
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  if (new Date(at).getUTCDate() !== day) return null;
  const offset = m[8] ? (Number(m[9]) * 60 + Number(m[10])) * (m[8] === "+" ? 60_000 : -60_000) : 0;
  return at - offset;
}

const clock = /^(?:(\d{1,3})\.)?(\d{1,4}):([0-5]\d):([0-5]\d)(?:\.\d+)?$/;

/** `00:08:10` (also `1.02:03:04` with days) in seconds; null for anything else. */
export function clockSeconds(text: string): number | null {
  const m = clock.exec(text);
  if (!m) return null;
  return Number(m[1] ?? 0) * 86_400 + Number(m[2]) * 3600 + Number(m[3]) * 60 + Number(m[4]);
}
