import { implement } from "@orpc/server";
import { verbAccess } from "#shared/access/verb-access.ts";
import { serverContract } from "#shared/contract/server-contract.ts";
import { auditVerb } from "../audit/audit-verb.ts";
import type { ServerContext } from "./context.ts";
import { guard } from "./guard.ts";
import { knownInput } from "./known-input.ts";
import { verbOf } from "./server-verbs.ts";
import { signedIn } from "./signed-in.ts";

/**
 * Handlers are written against this: `server.calls.list.handler(...)`. Before any of them the guard holds the verb against
 * src-shared/access/verb-access.ts, and around them the audit log gets its line, which is `context.note` while they run.
 */
export const server = implement(serverContract)
  .$context<ServerContext>()
  .use(({ context, procedure, next }, given) => {
    const { verb, fields } = verbOf(procedure);
    const input = knownInput(given, fields);
    const access = verbAccess[verb];
    return auditVerb(context, { verb, access, fields, input }, async (note) => {
      guard(context, access, input);
      return next({ context: { note } });
    });
  });

export const member = signedIn;
