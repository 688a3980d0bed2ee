import type { Kysely } from "kysely";
import type { Member } from "#shared/access/member.ts";
import { person, type Person } from "#shared/contract/session.ts";
import type { DB } from "#shared/schema/database.ts";

/** A member as they are shown to themselves. */
export async function personOf(db: Kysely<DB>, who: Member): Promise<Person> {
  const { kind, ...organization } = await db
    .selectFrom("users")
    .innerJoin("organizations", "organizations.id", "users.organization_id")
    .where("users.id", "=", who.userId)
    .select(["users.kind", "organizations.id", "organizations.slug", "organizations.name"])
    .executeTakeFirstOrThrow();
  return {
    id: who.userId,
    email: who.email,
    displayName: who.displayName,
    kind: person.shape.kind.parse(kind),
    organization,
    roles: who.roles,
  };
}
