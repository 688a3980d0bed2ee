import { type CallScope, callScope, columnsWith, type MemberRole } from "../access/member.ts";
import { badField, forbidden } from "./refuse.ts";
import type { Reading } from "./scope.ts";

/**
 * How figures are read for this person: from rows where they see their own calls, from rollups alone where they see no
 * call, and else from what is sooner.
 *
 * @throws FORBIDDEN where their role shows no calls at all; BAD_REQUEST where no one way reads all of their clinics
 */
export function readingOf(roles: MemberRole[], clinicId?: string): Reading {
  const here = inClinic(roles, clinicId);
  const scopes = here.map(callScope);
  refuseUnless(scopes, (scope) => scope !== "none");
  const board = scopes.includes("board");
  // A supervisor who also answers calls sees their own ones beside those of the locations, which no rollup tells apart.
  const own = here.some((r) => callScope(r) === "own" || (callScope(r) === "locations" && r.agentId !== null));
  if (board && own) throw badField("clinicId", "Name one clinic: what you may see of yours can't be added up.");
  return {
    from: board ? "rollups" : own ? "rows" : "both",
    callers: columnsWith({ roles }, "seeCallers"),
    names: columnsWith({ roles }, "seeStaffNames"),
  };
}

/**
 * The same for questions that show single calls.
 * @throws FORBIDDEN where their role shows no single call
 */
export function callReadingOf(roles: MemberRole[], clinicId?: string): Reading {
  refuseUnless(inClinic(roles, clinicId).map(callScope), (scope) => scope !== "none" && scope !== "board");
  return {
    from: "rows",
    callers: columnsWith({ roles }, "seeCallers"),
    names: columnsWith({ roles }, "seeStaffNames"),
  };
}

const inClinic = (roles: MemberRole[], clinicId: string | undefined) =>
  clinicId === undefined ? roles : roles.filter((r) => r.clinicId === clinicId);

/** A clinic that isn't theirs has no role here: that it isn't there is the question's to say. */
function refuseUnless(scopes: CallScope[], shows: (scope: CallScope) => boolean): void {
  if (scopes.length > 0 && !scopes.some(shows))
    throw forbidden("Your role shows no calls here. Ask who runs your clinic's Careboard if you need them.");
}
