import { sql } from "kysely";
import { notFound } from "#shared/clinic/refuse.ts";
import { must } from "#shared/kit/must.ts";
import type { ServerContext } from "../http/context.ts";
import { member, server } from "../http/implementer.ts";
import { endSessions } from "../identity/end-sessions.ts";
import { addBoard, addPerson } from "./add-person.ts";
import { keepSuperadmin } from "./keep-superadmin.ts";
import { managedPeople } from "./managed-people.ts";
import { giveOneTimePassword } from "./one-time-password.ts";
import { setRole } from "./set-role.ts";
import { accountIManage } from "./whom-i-manage.ts";
import { withLine } from "./with-line.ts";

/** The person as they are now, after a change; their waiting desks are told to look again. */
async function changed(context: ServerContext, userId: string) {
  context.accessChanged(userId);
  return must((await managedPeople(context, member(context), { userId }))[0], "the person just changed");
}

export const peopleHandlers = {
  list: server.people.list.handler(({ input, context }) => managedPeople(context, member(context), input)),
  add: server.people.add.handler(async ({ input, context }) => {
    const { userId, oneTimePassword } = await addPerson(context, member(context), input);
    return { person: await changed(context, userId), oneTimePassword };
  }),
  addBoard: server.people.addBoard.handler(async ({ input, context }) => {
    const { userId, oneTimePassword } = await addBoard(context, member(context), input);
    return { person: await changed(context, userId), oneTimePassword };
  }),
  setRole: server.people.setRole.handler(async ({ input: { userId, ...role }, context }) => {
    const who = member(context);
    // Adding somebody to a clinic by id needs to know them: they must be seen in one of the asker's clinics already.
    if (userId !== who.userId && (await managedPeople(context, who, { userId })).length === 0)
      throw notFound("There is no such person in your clinics: add them by their e-mail address.");
    await setRole(context, who, userId, role, context.note);
    return changed(context, userId);
  }),
  setActive: server.people.setActive.handler(async ({ input, context }) => {
    const account = await accountIManage(context.system, member(context), input.userId);
    await withLine(context, member(context), (tx) =>
      keepSuperadmin(tx, account.organizationId, async () => {
        await tx
          .updateTable("users")
          .set({ active: input.active, disabled_at: input.active ? null : sql`now()` })
          .where("id", "=", account.id)
          .execute();
        if (!input.active) await endSessions(tx, { userId: account.id }, "accountDisabled");
      }),
    );
    return changed(context, account.id);
  }),
  resetPassword: server.people.resetPassword.handler(async ({ input, context }) => {
    const account = await accountIManage(context.system, member(context), input.userId);
    const oneTimePassword = await withLine(context, member(context), async (tx) => {
      await endSessions(tx, { userId: account.id }, "passwordChanged");
      return giveOneTimePassword(tx, account.id);
    });
    return { person: await changed(context, account.id), oneTimePassword };
  }),
  resetSecondFactor: server.people.resetSecondFactor.handler(async ({ input, context }) => {
    const account = await accountIManage(context.system, member(context), input.userId);
    await withLine(context, member(context), (tx) =>
      tx.deleteFrom("user_second_factors").where("user_id", "=", account.id).execute(),
    );
    return changed(context, account.id);
  }),
};
