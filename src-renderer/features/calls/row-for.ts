/** The row a key leads to from row `at` (-1: none marked yet); null for keys that don't move. `page` is how many rows are in sight. */
export function rowFor(key: string, at: number, rows: number, page: number): number | null {
  const moves: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: rows - 1,
  };
  const next = moves[key];
  if (next === undefined || rows === 0) return null;
  return Math.min(rows - 1, Math.max(0, next));
}
