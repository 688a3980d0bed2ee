import { type Tried, tooMany } from "./failures.ts";
import type { Identity } from "./identity.ts";

/** Checks a try when its turn comes, one an account at a time. @throws TOO_MANY_REQUESTS when too many wait already */
export async function inTurn<T extends object>(
  { work }: Pick<Identity, "work">,
  { key }: Tried,
  check: () => Promise<T>,
): Promise<T> {
  const answer = await work(key, check);
  if (!answer) throw tooMany(2, "Very many people are signing in");
  return answer;
}
