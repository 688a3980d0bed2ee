import { createHash, randomBytes } from "node:crypto";
import { type Kysely, sql, type Transaction } from "kysely";
import type { Tokens } from "#shared/contract/session.ts";
import type { DB } from "#shared/schema/database.ts";
import { endSessions } from "./end-sessions.ts";
import type { Identity } from "./identity.ts";
import { type Standing, standingOf } from "./standing.ts";
import { signToken } from "./token.ts";

const accessMinutes = 10;
/** A refresh token lives for so long after it was given, never beyond its session. */
const slidingDays = 30;

export type Fresh = { token: string; expiresAt: string };

/** Gives a session a refresh token: 32 random bytes, of which the database keeps the SHA-256. */
export async function giveRefreshToken(
  tx: Transaction<DB>,
  sessionId: string,
): Promise<Fresh & { digest: Uint8Array }> {
  const token = randomBytes(32).toString("base64url");
  const digest = digestOf(token);
  const { expires_at } = await tx
    .insertInto("refresh_tokens")
    .values({
      digest,
      session_id: sessionId,
      expires_at: sql<string>`(select least(s.expires_at, now() + ${`${slidingDays} days`}::interval) from sessions s where s.id = ${sessionId})`,
    })
    .returning("expires_at")
    .executeTakeFirstOrThrow();
  return { token, digest, expiresAt: expires_at };
}

export type Rotated = { is: "fresh"; sessionId: string; fresh: Fresh } | { is: "reused"; sessionId: string; userId: string } | Exclude<Standing, { is: "member" }>; // prettier-ignore

/**
 * A new refresh token for an old one. The session's row is locked, so of two at once one comes after the other. A used token whose
 * successor was never used may be shown again, because the answer may have been lost: the successor dies. Whatever else was used is
 * a sign of two holders: the session ends, and neither goes on.
 */
export const rotate = (db: Kysely<DB>, token: string): Promise<Rotated> =>
  db.transaction().execute(async (tx) => {
    const digest = digestOf(token);
    const named = await tx
      .selectFrom("refresh_tokens")
      .select("session_id")
      .where("digest", "=", digest)
      .executeTakeFirst();
    if (!named) return { is: "nobody" };
    const sessionId = named.session_id;
    await tx.selectFrom("sessions").select("id").where("id", "=", sessionId).forUpdate().execute();
    const standing = await standingOf(tx, sessionId);
    if (standing.is !== "member") return standing;
    const held = await tx
      .selectFrom("refresh_tokens as t")
      .leftJoin("refresh_tokens as next", "next.digest", "t.replaced_by")
      .select([
        "t.dead",
        "t.used_at",
        "next.used_at as nextUsedAt",
        "next.dead as nextDead",
        sql<boolean>`t.expires_at <= now()`.as("over"),
      ])
      .where("t.digest", "=", digest)
      .executeTakeFirst();
    if (!held) return { is: "nobody" };
    const { userId } = standing.member;
    const lost = held.used_at !== null && held.nextDead === false && held.nextUsedAt === null;
    if (held.dead || (held.used_at !== null && !lost)) {
      await endSessions(tx, { sessionId }, "tokenReused");
      return { is: "reused", sessionId, userId };
    }
    if (held.over) return { is: "refused", reason: "expired", sessionId, userId };
    if (lost)
      await sql`update refresh_tokens n set dead = true from refresh_tokens t where t.digest = ${digest} and n.digest = t.replaced_by`.execute(
        tx,
      );
    const { digest: next, ...fresh } = await giveRefreshToken(tx, sessionId);
    await tx
      .updateTable("refresh_tokens")
      .set({ used_at: sql`coalesce(used_at, now())`, replaced_by: next })
      .where("digest", "=", digest)
      .execute();
    return { is: "fresh", sessionId, fresh };
  });

/** The pair a desk is given: the access token is good for ten minutes, whatever happens to it. */
export async function tokensFor(identity: Pick<Identity, "keys">, sessionId: string, fresh: Fresh): Promise<Tokens> {
  const until = new Date(Date.now() + accessMinutes * 60_000);
  return {
    accessToken: await signToken(identity.keys.token, "access", sessionId, until),
    accessExpiresAt: until.toISOString(),
    refreshToken: fresh.token,
    refreshExpiresAt: fresh.expiresAt,
  };
}

const digestOf = (token: string): Buffer => createHash("sha256").update(token).digest();
