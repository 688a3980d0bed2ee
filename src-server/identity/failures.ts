import { createHmac } from "node:crypto";
import { ORPCError } from "@orpc/server";
import { type Kysely, sql } from "kysely";
import type { DB } from "#shared/schema/database.ts";
import { networkOf } from "../http/network-of.ts";
import type { Identity } from "./identity.ts";

/** Whose tries are counted: an account by what names it, an address by itself. */
export type Tried = { kind: "account" | "address"; key: string };

/**
 * From which failure on it locks, and for how long at most. The first lock is a second, and each further failure doubles it. A whole
 * front desk has one address: it takes many more failures there, and the lock is short.
 */
const rules = { account: { from: 5, most: 900 }, address: { from: 100, most: 60 } };
/** Failures are forgotten after so long without one, counted from the end of the lock. */
const quiet = "15 minutes";

/**
 * Refuses while any of these is locked, also a right password. The sentence says nothing of whether there is such an account.
 * @throws TOO_MANY_REQUESTS with the seconds to wait
 */
export async function refuseLocked(identity: Pick<Identity, "db" | "keys">, tried: Tried[]): Promise<void> {
  const { rows } = await sql<{ seconds: number | null }>`
    select ceil(extract(epoch from max(locked_until) - now()))::int as seconds
    from sign_in_failures
    where locked_until > now() and (${sql.join(tried.map((t) => sql`(kind = ${t.kind} and digest = ${digest(identity, t)})`), sql` or `)})`.execute(identity.db); // prettier-ignore
  const seconds = rows[0]?.seconds;
  if (seconds) throw tooMany(seconds, "Too many tries did not succeed");
}

/** One failure more, for each of these. */
export async function countFailure(identity: Pick<Identity, "db" | "keys">, tried: Tried[]): Promise<void> {
  for (const t of tried) {
    const { from, most } = rules[t.kind];
    const failures = sql`case when greatest(f.last_at, f.locked_until) > now() - ${quiet}::interval then f.failures + 1 else 1 end`;
    await sql`
      insert into sign_in_failures as f (kind, digest, failures, last_at) values (${t.kind}, ${digest(identity, t)}, 1, now())
      on conflict (kind, digest) do update set failures = ${failures}, last_at = now(),
        locked_until = case when ${failures} >= ${from} then now() + least(${most}, power(2, least(${failures} - ${from}, 20))) * interval '1 second' end`.execute(identity.db); // prettier-ignore
  }
}

/** Success clears the account's count; an address keeps its own. */
export const forgetFailures = async (db: Kysely<DB>, identity: Pick<Identity, "keys">, tried: Tried): Promise<void> => {
  await db
    .deleteFrom("sign_in_failures")
    .where("kind", "=", tried.kind)
    .where("digest", "=", digest(identity, tried))
    .execute();
};

/** The refusal of a flood, with the time after which another try makes sense. */
export const tooMany = (retryAfter: number, why: string): ORPCError<"TOO_MANY_REQUESTS", { retryAfter: number }> =>
  new ORPCError("TOO_MANY_REQUESTS", {
    message: `${why}: wait ${retryAfter < 120 ? `${retryAfter} seconds` : `${Math.ceil(retryAfter / 60)} minutes`} and try again.`,
    data: { retryAfter },
  });

const digest = ({ keys }: Pick<Identity, "keys">, { kind, key }: Tried): Buffer =>
  createHmac("sha256", keys.failures)
    .update(`${kind} ${kind === "address" ? networkOf(key) : key}`)
    .digest();
