import { ORPCError } from "@orpc/server";
import type { Member } from "#shared/access/member.ts";
import type { ServerContext } from "./context.ts";

/** The signed-in person of a request, or the refusal that asks to sign in and says why the session is over. */
export function signedIn(context: Pick<ServerContext, "member" | "whyNobody">): Member {
  if (context.member) return context.member;
  throw (
    context.whyNobody ??
    new ORPCError("UNAUTHORIZED", {
      message: "Sign in first: send the access token of POST /api/session as Authorization: Bearer.",
    })
  );
}
