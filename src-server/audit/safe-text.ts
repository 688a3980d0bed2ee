const longest = 500;
const mostKeys = 100;

/** Text that PostgreSQL takes: no NUL, no half of a surrogate pair, and of a length that a line may have. */
export const safeText = (text: string): string => text.slice(0, longest).toWellFormed().replaceAll("\0", "\uFFFD");

/** The same for everything in a value of JSON, so that no odd character keeps a line from being written. */
export function safeJson(value: unknown): unknown {
  if (typeof value === "string") return safeText(value);
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.slice(0, mostKeys).map(safeJson);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .slice(0, mostKeys)
        .map(([key, held]) => [safeText(key), safeJson(held)]),
    );
  return value ?? null;
}
