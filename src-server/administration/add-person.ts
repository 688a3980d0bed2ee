import { ORPCError } from "@orpc/server";
import { randomBytes, randomUUID } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { Member } from "#shared/access/member.ts";
import { badField } from "#shared/clinic/refuse.ts";
import type { HeldRole } from "#shared/contract/administration.ts";
import type { DB } from "#shared/schema/database.ts";
import { giveOneTimePassword } from "./one-time-password.ts";
import { setRole } from "./set-role.ts";
import { isSuperadmin } from "./whom-i-manage.ts";

type Deps = { db: Kysely<DB>; system: Kysely<DB> };

/**
 * Adds a person to the asker's organization with a first role. Who is known there already gets the role and keeps the password.
 * @throws CONFLICT when the address belongs to another organization or to a board
 */
export async function addPerson(
  deps: Deps,
  who: Member,
  { email, displayName, role }: { email: string; displayName: string; role: HeldRole },
): Promise<{ userId: string; oneTimePassword: string | null }> {
  if (role.role === "board") throw badField("role", "A board has an account of its own: add one under Boards.");
  const known = await deps.system
    .selectFrom("users")
    .select(["id", "organization_id", "kind"])
    .where(sql<string>`lower(email)`, "=", email.toLowerCase())
    .executeTakeFirst();
  if (known && (known.organization_id !== who.organizationId || known.kind === "board"))
    throw new ORPCError("CONFLICT", { message: "This address can't be used here: choose another for this person." });
  if (known) {
    await setRole(deps, who, known.id, role, null);
    return { userId: known.id, oneTimePassword: null };
  }
  return addAccount(deps, who, { email, displayName, kind: "person", role });
}

/** Adds the account of a wall: an address of its own that no mail ever reaches, shown to whoever sets the board up. */
export async function addBoard(
  deps: Deps,
  who: Member,
  { clinicId, name }: { clinicId: string; name: string },
): Promise<{ userId: string; oneTimePassword: string }> {
  const { slug } = await deps.system
    .selectFrom("clinics")
    .select("slug")
    .where("id", "=", clinicId)
    .executeTakeFirstOrThrow();
  const email = `board-${randomBytes(3).toString("hex")}@${slug}.board.example`;
  const role: HeldRole = { clinicId, role: "board", agentId: null, active: true, validFrom: null, validUntil: null, locationIds: [] }; // prettier-ignore
  return addAccount(deps, who, { email, displayName: name, kind: "board", role });
}

async function addAccount(
  deps: Deps,
  who: Member,
  account: { email: string; displayName: string; kind: "person" | "board"; role: HeldRole },
): Promise<{ userId: string; oneTimePassword: string }> {
  // Looked at before anything is written: an account without a role would be seen by no administrator.
  if (account.role.role === "superadmin" && !isSuperadmin(who))
    throw new ORPCError("FORBIDDEN", {
      message: "Only an administrator of the whole organization gives or takes that role.",
    });
  const userId = randomUUID();
  const { system } = deps;
  try {
    await system
      .insertInto("users")
      .values({
        id: userId,
        organization_id: who.organizationId,
        email: account.email.toLowerCase(),
        display_name: account.displayName,
        kind: account.kind,
      })
      .execute();
  } catch (error) {
    if ((error as { code?: string }).code !== "23505") throw error;
    throw new ORPCError("CONFLICT", { message: "Somebody added this address at the same moment: look at the list." });
  }
  try {
    await setRole(deps, who, userId, account.role, null);
    return { userId, oneTimePassword: await giveOneTimePassword(system, userId) };
  } catch (error) {
    await system.deleteFrom("users").where("id", "=", userId).execute();
    throw error;
  }
}
