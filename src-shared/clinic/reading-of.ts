import { ORPCError } from "@orpc/client";
import { may } from "../access/may.ts";
import type { Member } from "../access/member.ts";
import type { Reading } from "./scope.ts";

/**
 * How figures are read for this person: from the rollups where they see the clinic's calls whole, from the rows where
 * they see only their own.
 * @throws FORBIDDEN where their role shows no calls at all
 */
export function readingOf(roles: Member["roles"], clinicId?: string): Reading {
  const here = clinicId === undefined ? roles : roles.filter((r) => r.clinicId === clinicId);
  const scopes = here.map((r) => may[r.role].calls);
  if (scopes.length > 0 && scopes.every((scope) => scope === "none"))
    throw new ORPCError("FORBIDDEN", {
      status: 403,
      message: "Your role shows no calls here. Ask who runs your clinic's Careboard if you need them.",
    });
  return { rowsOnly: scopes.includes("own") };
}
