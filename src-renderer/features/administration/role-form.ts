import { role as roleName, type Role } from "#shared/access/role.ts";
import type { HeldRole } from "#shared/contract/administration.ts";
import { isDay } from "../../format/days.ts";
import { dayBegins, dayEnds, dayOf, lastDayBefore } from "../../format/day-instants.ts";

/** A role as it is typed: days of the clinic's calendar, both included; empty is without an end. */
export type RoleText = { role: Role; agentId: string | null; locationIds: string[]; from: string; until: string };

/** Roles that are given; a wall has an account of its own, and only the organization's administrators make others of them. */
export const rolesToGive = (mayOrganize: boolean): Role[] =>
  roleName.options.filter((one) => one !== "board" && (mayOrganize || one !== "superadmin"));

/** Who answers calls is some agent; for the others the phone system knows no name. */
export const isAnAgent = (role: Role): boolean =>
  ["call_center_agent", "supervisor", "staff", "manager", "clinic_admin", "superadmin"].includes(role);

export const newRole: RoleText = { role: "call_center_agent", agentId: null, locationIds: [], from: "", until: "" };

export const roleText = (held: HeldRole, timeZone: string): RoleText => ({
  role: held.role,
  agentId: held.agentId,
  locationIds: held.locationIds,
  from: held.validFrom === null ? "" : dayOf(held.validFrom, timeZone),
  until: held.validUntil === null ? "" : lastDayBefore(held.validUntil, timeZone),
});

type Read = { role: HeldRole } | { problems: Record<string, string> };

/** Reads a typed role, or says at each field what it wants. An end that was not touched stays to the second. */
export function readRole(text: RoleText, held: HeldRole | null, clinicId: string, timeZone: string): Read {
  const problems: Record<string, string> = {};
  if (text.from !== "" && !isDay(text.from)) problems["validFrom"] = "Write a day, or leave it empty.";
  if (text.until !== "" && !isDay(text.until)) problems["validUntil"] = "Write a day, or leave it empty.";
  if (text.from !== "" && text.until !== "" && text.until < text.from) {
    problems["validUntil"] = "The last day lies before the first: choose a later one.";
  }
  if (Object.keys(problems).length > 0) return { problems };
  const was = held === null ? null : roleText(held, timeZone);
  const instant = (day: string, wasDay: string | undefined, wasAt: string | null | undefined, at: typeof dayBegins) =>
    day === "" ? null : day === wasDay && wasAt ? wasAt : at(day, timeZone);
  return {
    role: {
      clinicId,
      role: text.role,
      agentId: isAnAgent(text.role) ? text.agentId : null,
      active: true,
      validFrom: instant(text.from, was?.from, held?.validFrom, dayBegins),
      validUntil: instant(text.until, was?.until, held?.validUntil, dayEnds),
      locationIds: text.locationIds,
    },
  };
}
