import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { DB } from "#shared/schema/database.ts";

/** What signing in must know of an account. */
export type Account = {
  id: string;
  organizationId: string;
  email: string;
  displayName: string;
  active: boolean;
  kind: string;
  passwordHash: string | null;
  oneTime: boolean;
  passwordOver: boolean;
  factor: { sealed: Uint8Array; confirmed: boolean; lastStep: number | null; recovery: Uint8Array[] } | null;
  /** Changes with each password, code and enrolment: a ticket is good for one of them. */
  stamp: string;
};

export async function findAccount(
  db: Kysely<DB>,
  by: { email: string } | { id: string; lock: boolean },
): Promise<Account | null> {
  if ("id" in by && by.lock) await db.selectFrom("users").select("id").where("id", "=", by.id).forUpdate().execute();
  const row = await db
    .selectFrom("users as u")
    .leftJoin("user_credentials as c", "c.user_id", "u.id")
    .leftJoin("user_second_factors as f", "f.user_id", "u.id")
    .$if("email" in by, (q) => q.where(sql<string>`lower(u.email)`, "=", "email" in by ? by.email.toLowerCase() : ""))
    .$if("id" in by, (q) => q.where("u.id", "=", "id" in by ? by.id : ""))
    .select([
      "u.id",
      "u.organization_id as organizationId",
      "u.email",
      "u.display_name as displayName",
      "u.active",
      "u.kind",
      "c.password_hash as passwordHash",
      "c.one_time as oneTime",
      "c.changed_at as changedAt",
      sql<boolean>`coalesce(c.expires_at <= now(), false)`.as("passwordOver"),
      "f.sealed_secret as sealed",
      "f.confirmed_at as confirmedAt",
      "f.last_step as lastStep",
      "f.recovery",
    ])
    .executeTakeFirst();
  if (!row) return null;
  const { sealed, confirmedAt, lastStep, recovery, changedAt, oneTime, ...account } = row;
  const parts = [changedAt, confirmedAt, lastStep, recovery?.length, sealed && Buffer.from(sealed).toString("base64")];
  return {
    ...account,
    oneTime: oneTime ?? false,
    factor: sealed && { sealed, confirmed: confirmedAt !== null, lastStep, recovery: recovery ?? [] },
    stamp: createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 22),
  };
}
