import { Dexie, type EntityTable } from "dexie";

export type Painted = { key: string; personId: string; value: unknown; paintedAt: string };

/**
 * The last answers that were on the screen, so that a start paints at once. Only figures, names of clinics, queues and staff: callers'
 * numbers and names stay in the replica, which is not for every program on the machine to read.
 */
const database = new Dexie("careboard") as Dexie & { painted: EntityTable<Painted, "key"> };
database.version(1).stores({ painted: "key, personId" });

const kept = new Map<string, Painted>();
const person = "careboard.person";

/** Whose answers are kept; at a start the last person's, until the desk says who is signed in. */
const paintedPerson = (): string | null => localStorage.getItem(person);

/** Reads all of the last person's answers (a few dozen at most) before the first painting. A browser without storage starts without. */
export async function openPainted(): Promise<void> {
  const personId = paintedPerson();
  if (personId === null) return;
  try {
    for (const answer of await database.painted.where({ personId }).toArray()) kept.set(answer.key, answer);
  } catch (problem) {
    console.warn("The last painted answers can't be read; the screens wait for the desk instead.", problem);
  }
}

/** Whether there is anything to paint before the desk speaks. */
export const hasPainted = (): boolean => kept.size > 0;

export const painted = (key: string): Painted | undefined => kept.get(key);

export function keepPainted(key: string, value: unknown): void {
  const personId = paintedPerson();
  if (personId === null) return;
  const answer = { key, personId, value, paintedAt: new Date().toISOString() };
  kept.set(key, answer);
  database.painted.put(answer).catch(() => kept.delete(key));
}

/** Somebody else sits here now, or nobody: nothing of the one before stays. */
export function paintFor(personId: string | null): void {
  if (personId === paintedPerson()) return;
  kept.clear();
  if (personId === null) localStorage.removeItem(person);
  else localStorage.setItem(person, personId);
  database.painted.clear().catch(() => undefined);
}
