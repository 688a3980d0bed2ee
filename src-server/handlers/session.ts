import { member, server } from "../http/implementer.ts";
import { changePassword } from "../identity/change-password.ts";
import { endSessions } from "../identity/end-sessions.ts";
import { newPassword } from "../identity/new-password.ts";
import { personOf } from "../identity/person-of.ts";
import { providerFinish } from "../identity/provider-finish.ts";
import { providerStart } from "../identity/provider-start.ts";
import { refresh } from "../identity/refresh.ts";
import { secondFactor } from "../identity/second-factor.ts";
import { signIn } from "../identity/sign-in.ts";

/** Signing in, going on, and out: each verb is a file of `identity/`. */
export const sessionHandlers = {
  signIn: server.session.signIn.handler(({ input, context }) => signIn(context.identity, input, context.from)),
  secondFactor: server.session.secondFactor.handler(({ input, context }) =>
    secondFactor(context.identity, input, context.from),
  ),
  newPassword: server.session.newPassword.handler(({ input, context }) =>
    newPassword(context.identity, input, context.from),
  ),
  refresh: server.session.refresh.handler(({ input, context }) =>
    refresh(context.identity, input.refreshToken, context.from),
  ),
  providers: server.session.providers.handler(({ context }) => context.identity.providers.list),
  providerStart: server.session.providerStart.handler(({ input, context }) => providerStart(context.identity, input)),
  providerFinish: server.session.providerFinish.handler(({ input, context }) =>
    providerFinish(context.identity, input, context.from),
  ),
  current: server.session.current.handler(({ context }) => personOf(context.identity.db, member(context))),
  changePassword: server.session.changePassword.handler(async ({ input, context }) => {
    await changePassword(context.identity, member(context), input, context.from);
    // What waits under a session that is over now is answered with that, not when its poll is.
    context.accessChanged(member(context).userId);
    return { changed: true };
  }),
  signOut: server.session.signOut.handler(async ({ context }) => {
    await endSessions(context.identity.db, { sessionId: member(context).sessionId }, "signedOut");
    context.accessChanged(member(context).userId);
    return { ended: true };
  }),
};
