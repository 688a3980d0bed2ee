export type Painted = { value: unknown; paintedAt: string };

/**
 * The last answers that were on this window's screens, with their age. In memory alone: what a browser profile keeps on disk is clear
 * text beside an encrypted replica, and a locked window must have nothing left to paint.
 */
const kept = new Map<string, Painted>();
let whose: string | null = null;

export const painted = (key: string): Painted | undefined => kept.get(key);

export function keepPainted(key: string, value: unknown): void {
  if (whose !== null) kept.set(key, { value, paintedAt: new Date().toISOString() });
}

/** Who has the screens open; null while nobody has. With anybody else nothing of the one before stays. */
export function paintFor(personId: string | null): void {
  if (personId === whose) return;
  kept.clear();
  whose = personId;
}
