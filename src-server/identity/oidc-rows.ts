import { createHash, randomBytes } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { z } from "zod";
import { device } from "#shared/contract/session.ts";
import type { DB } from "#shared/schema/database.ts";
import type { Identity } from "./identity.ts";
import { seal, unseal } from "./seal.ts";

/** What the server remembers while somebody is at the provider. */
const underWay = z.object({
  /** What the desk will show the preimage of. */
  challenge: z.string(),
  port: z.int(),
  device: device.nullable(),
  /** What the provider's answer is checked with. */
  verifier: z.string(),
  nonce: z.string(),
});
export type UnderWay = z.infer<typeof underWay>;
/** And after the provider answered, until the desk fetches its tokens. */
const answered = underWay.pick({ challenge: true, device: true }).extend({ factor: z.boolean() });
export type Answered = z.infer<typeof answered>;

/** How long somebody may take at the provider, and then the desk. */
const minutes = { underWay: 10, answered: 2 };

type Deps = Pick<Identity, "db" | "keys">;

/** Writes down a sign-in that begins; `state` goes to the provider and comes back once. */
export async function beginOidc({ db, keys }: Deps, provider: string, what: UnderWay): Promise<string> {
  const state = secret();
  await db
    .insertInto("oidc_sign_ins")
    .values({
      state: digest(state),
      provider,
      sealed: sealed(keys.seal, what),
      expires_at: inMinutes(minutes.underWay),
    })
    .execute();
  return state;
}

/** What began with this state, if it is not over; it is forgotten at once, so the same answer of a provider does nothing twice. */
export async function takeBegun({ db, keys }: Deps, state: string): Promise<(UnderWay & { provider: string }) | null> {
  const row = await take(db).where("state", "=", digest(state)).where("code", "is", null).executeTakeFirst();
  if (!row || row.over) return null;
  return { ...underWay.parse(opened(keys.seal, row.sealed)), provider: row.provider };
}

/** A code by which the desk, and nobody without the verifier, goes on as this person. */
export async function giveCode({ db, keys }: Deps, provider: string, userId: string, what: Answered): Promise<string> {
  const code = secret();
  await db
    .insertInto("oidc_sign_ins")
    .values({
      state: digest(secret()),
      provider,
      sealed: sealed(keys.seal, what),
      code: digest(code),
      user_id: userId,
      expires_at: inMinutes(minutes.answered),
    })
    .execute();
  return code;
}

/** Whom a code stands for, if it is not over; it is forgotten at once. */
export async function takeCode({ db, keys }: Deps, code: string): Promise<(Answered & { userId: string }) | null> {
  const row = await take(db).where("code", "=", digest(code)).executeTakeFirst();
  if (!row?.user_id || row.over) return null;
  return { ...answered.parse(opened(keys.seal, row.sealed)), userId: row.user_id };
}

const take = (db: Kysely<DB>) =>
  db
    .deleteFrom("oidc_sign_ins")
    .returning(["provider", "sealed", "user_id", sql<boolean>`expires_at <= now()`.as("over")]);
const secret = () => randomBytes(32).toString("base64url");
const digest = (text: string) => createHash("sha256").update(text).digest();
const inMinutes = (n: number) => sql<string>`now() + ${`${n} minutes`}::interval`;
const sealed = (key: Uint8Array, what: object) =>
  JSON.stringify({ v: seal(key, "oidc", Buffer.from(JSON.stringify(what))).toString("base64") });
function opened(key: Uint8Array, value: unknown): unknown {
  const { v } = z.object({ v: z.string() }).parse(value);
  return JSON.parse(unseal(key, "oidc", Buffer.from(v, "base64"))?.toString() ?? "null");
}
