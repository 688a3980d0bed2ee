import { implement, ORPCError } from "@orpc/server";
import type { Member } from "#shared/access/member.ts";
import { serverContract } from "#shared/contract/server-contract.ts";
import type { ServerContext } from "./context.ts";

/** Handlers are written against this: `server.calls.list.handler(...)`. */
export const server = implement(serverContract).$context<ServerContext>();

/** The signed-in person of a request, or the refusal that asks to sign in. */
export function member(context: ServerContext): Member {
  if (context.member) return context.member;
  throw new ORPCError("UNAUTHORIZED", {
    message: "Sign in first: send the token of POST /api/session as Authorization: Bearer.",
  });
}
