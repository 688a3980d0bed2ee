import { type Kysely, sql } from "kysely";
import type { DB } from "#shared/schema/database.ts";
import { validRole } from "./valid-role.ts";
import { giveOneTimePassword } from "../administration/one-time-password.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { endSessions } from "./end-sessions.ts";
import { forgetFailures } from "./failures.ts";
import type { IdentityKeys } from "./identity-keys.ts";
import { passwordTries } from "./sign-in.ts";

/**
 * Gives a superadmin another one-time password: for who stands before the server itself. Every session of theirs ends, a lock after
 * wrong passwords is lifted, and on request the second factor is forgotten.
 * @throws an Error when there is no active superadmin of this address
 */
export const resetAdmin = (
  db: Kysely<DB>,
  keys: IdentityKeys,
  { email, secondFactor }: { email: string; secondFactor: boolean },
): Promise<string> =>
  db.transaction().execute(async (tx) => {
    const admin = await tx
      .selectFrom("users")
      .innerJoin("user_clinic_roles as r", "r.user_id", "users.id")
      .select(["users.id", "users.organization_id"])
      .where(sql`lower(users.email)`, "=", email.toLowerCase())
      .where("users.active", "=", true)
      .where("r.role", "=", "superadmin")
      .where(validRole)
      .executeTakeFirst();
    if (!admin)
      throw new Error(`${email} is no administrator of an organization: ask one of them under Administration, People.`);
    const { id: userId, organization_id: organizationId } = admin;
    if (secondFactor) await tx.deleteFrom("user_second_factors").where("user_id", "=", userId).execute();
    await forgetFailures(tx, { keys }, passwordTries(email));
    await endSessions(tx, { userId }, "passwordChanged");
    const password = await giveOneTimePassword(tx, userId);
    const detail = { password: "one-time", ...(secondFactor ? { secondFactor: "reset" } : {}) };
    const line = { subject: "command.resetAdmin", subjectId: userId, organizationId, detail };
    await writeAudit(tx, { action: "configure", ...line });
    return password;
  });
