/** The point a key leads to from point `at` (-1 before the first key); null for keys that don't move. */
export function stepTo(key: string, at: number, points: number, columns = 1): number | null {
  if (points === 0) return null;
  const last = points - 1;
  const moves: Record<string, number> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: columns > 1 ? at + columns : at + 1,
    ArrowUp: columns > 1 ? at - columns : at - 1,
    Home: 0,
    End: last,
  };
  const next = moves[key];
  if (next === undefined) return null;
  // The first key, whichever it is, lands on the first point; leaving a grid's edge stays where one is.
  if (at < 0) return key === "End" ? last : 0;
  if (columns > 1 && (next < 0 || next > last)) return at;
  return Math.min(last, Math.max(0, next));
}
