import { createHmac, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { writeWhole } from "./write-whole.ts";

/**
 * Whose data are on this computer: an address, as a keyed digest of it, to the id that names their folder. The key lies in the
 * same file: who has the file can try addresses they know of, but reads none out of it.
 */
const kept = z.object({ salt: z.base64(), people: z.record(z.string(), z.uuid()) });
type Kept = z.infer<typeof kept>;

const fileIn = (home: string) => join(home, "people.json");

/** The id of the person with this address who has been here; null when nobody has. */
export async function knownPerson(home: string, email: string): Promise<string | null> {
  const { salt, people } = await read(home);
  return people[tagOf(salt, email)] ?? null;
}

/** From now on this address leads to this person. Another address they had leads nowhere. */
export const rememberPerson = (home: string, email: string, userId: string): Promise<void> =>
  change(home, (people, salt) => ({ ...without(people, userId), [tagOf(salt, email)]: userId }));

export const forgetPerson = (home: string, userId: string): Promise<void> =>
  change(home, (people) => without(people, userId));

const tagOf = (salt: string, email: string): string =>
  createHmac("sha256", Buffer.from(salt, "base64"))
    .update(email.trim().normalize("NFC").toLowerCase())
    .digest("base64url");

const without = (people: Kept["people"], userId: string): Kept["people"] =>
  Object.fromEntries(Object.entries(people).filter(([, id]) => id !== userId));

/** One change after the other: two at once would each write what they had read. */
let order: Promise<void> = Promise.resolve();

function change(home: string, next: (people: Kept["people"], salt: string) => Kept["people"]): Promise<void> {
  const before = order;
  const done = (async () => {
    await before;
    const { salt, people } = await read(home);
    const changed: Kept = { salt, people: next(people, salt) };
    await writeWhole(fileIn(home), JSON.stringify(changed));
  })();
  order = done.catch(() => {});
  return done;
}

/** What can't be read is as good as none: people are then found again when they sign in at the server. */
async function read(home: string): Promise<Kept> {
  try {
    return kept.parse(JSON.parse(await readFile(fileIn(home), "utf8")));
  } catch {
    return { salt: randomBytes(32).toString("base64"), people: {} };
  }
}
