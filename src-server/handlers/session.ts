import { ORPCError } from "@orpc/server";
import { sql } from "kysely";
import { randomUUID } from "node:crypto";
import type { Member } from "#shared/access/member.ts";
import type { Person } from "#shared/contract/session.ts";
import { must } from "#shared/kit/must.ts";
import type { ServerContext } from "../http/context.ts";
import { member, server } from "../http/implementer.ts";
import { memberOf } from "../identity/authenticate.ts";
import { verifyPassword } from "../identity/password.ts";
import { signToken } from "../identity/token.ts";

/** A working day and the evening: a wall board or a desk signs in again after that. */
const sessionHours = 14;

async function person(context: ServerContext, who: Member): Promise<Person> {
  const organization = await context.db
    .selectFrom("organizations")
    .where("id", "=", who.organizationId)
    .select(["id", "slug", "name"])
    .executeTakeFirstOrThrow();
  return { id: who.userId, email: who.email, displayName: who.displayName, organization, roles: who.roles };
}

export const sessionHandlers = {
  signIn: server.session.signIn.handler(async ({ input, context }) => {
    const found = await context.db
      .selectFrom("users")
      .leftJoin("user_credentials", "user_credentials.user_id", "users.id")
      .where(sql<string>`lower(email)`, "=", input.email.toLowerCase())
      .where("users.active", "=", true)
      .select(["users.id", "password_hash"])
      .executeTakeFirst();
    // An unknown address takes as long and says the same as a wrong password: neither tells who has an account.
    if (!(await verifyPassword(input.password, found?.password_hash ?? null)) || !found)
      throw new ORPCError("UNAUTHORIZED", {
        message: "E-mail address and password don't match. Check both and try again.",
      });
    const id = randomUUID();
    const expiresAt = new Date(Date.now() + sessionHours * 3_600_000);
    await context.db
      .insertInto("sessions")
      .values({ id, user_id: found.id, expires_at: expiresAt.toISOString() })
      .execute();
    const who = must(await memberOf(context.db, id), "the member of a session just made");
    return {
      token: await signToken(context.sessionKey, id, expiresAt),
      expiresAt: expiresAt.toISOString(),
      person: await person(context, who),
    };
  }),
  current: server.session.current.handler(({ context }) => person(context, member(context))),
  signOut: server.session.signOut.handler(async ({ context }) => {
    const who = member(context);
    await context.db
      .updateTable("sessions")
      .set({ ended_at: sql`now()` })
      .where("id", "=", who.sessionId)
      .execute();
    return { ended: true };
  }),
};
