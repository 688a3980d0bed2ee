type Turn<T> = { running: Promise<T>; next: Promise<T> | null };
export type Turns<T> = Map<string, Turn<T>>;

/**
 * Runs `work` for a key, never twice at the same time. Whoever comes while it runs shares the one run after it, which
 * begins later than they came: many senders of single records then cost few transactions and hold no connections.
 */
export function inTurn<T>(turns: Turns<T>, key: string, work: () => Promise<T>): Promise<T> {
  const held = turns.get(key);
  if (!held) {
    const turn: Turn<T> = { running: work(), next: null };
    turns.set(key, turn);
    const settled = () => {
      if (turn.next === null) turns.delete(key);
    };
    turn.running.then(settled, settled);
    return turn.running;
  }
  held.next ??= held.running
    .then(
      () => null,
      () => null,
    )
    .then(() => {
      turns.delete(key);
      return inTurn(turns, key, work);
    });
  return held.next;
}
