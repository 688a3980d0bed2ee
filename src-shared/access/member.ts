import { z } from "zod";
import { type Permission, roleMay } from "./permission.ts";
import { role } from "./role.ts";

/** What a person is in one clinic: the role, the agent they are when they answer calls, the locations they are staff of. */
export const memberRole = z.object({
  clinicId: z.uuid(),
  role,
  agentId: z.uuid().nullable(),
  locationIds: z.array(z.uuid()),
});
export type MemberRole = z.infer<typeof memberRole>;

/** A signed-in person with what they are in each clinic, now: what every access decision starts from. */
export const member = z.object({
  userId: z.uuid(),
  sessionId: z.uuid(),
  deviceId: z.uuid().nullable(),
  organizationId: z.uuid(),
  email: z.string(),
  displayName: z.string(),
  roles: z.array(memberRole),
});
export type Member = z.infer<typeof member>;

/** The part of a member that decides. */
export type HasRoles = Pick<Member, "roles">;

/** Clinics this person belongs to in any role. */
export const memberClinics = (who: HasRoles): string[] => who.roles.map((r) => r.clinicId);

/** Clinics in which this person has a permission. */
export const clinicsWith = (who: HasRoles, permission: Permission): string[] =>
  who.roles.filter((r) => roleMay(r.role, permission)).map((r) => r.clinicId);

/** Whether this person has a permission in a clinic, or in any where none is named. */
export const memberMay = (who: HasRoles, permission: Permission, clinicId?: string): boolean =>
  who.roles.some((r) => (clinicId === undefined || r.clinicId === clinicId) && roleMay(r.role, permission));

/** Locations whose calls this person sees because they are staff there. */
export const teamLocations = (who: HasRoles): string[] =>
  who.roles.flatMap((r) => (roleMay(r.role, "viewTeamPerformance") ? r.locationIds : []));

/** Agents whose calls this person sees because they are that agent. */
export const ownAgents = (who: HasRoles): string[] =>
  who.roles.flatMap((r) => (roleMay(r.role, "viewOwnPerformance") && r.agentId ? [r.agentId] : []));

/** Clinics whose phone systems this person may configure. */
export const clinicsConfigured = (who: HasRoles): string[] => clinicsWith(who, "configureSources");

/** Which calls of its clinic a role shows: all, its locations', its own, added-up figures only, or none. */
export type CallScope = "clinic" | "locations" | "own" | "board" | "none";
export function callScope(r: MemberRole): CallScope {
  if (roleMay(r.role, "viewAllPerformance")) return "clinic";
  if (roleMay(r.role, "viewTeamPerformance")) return "locations";
  if (roleMay(r.role, "viewOwnPerformance")) return "own";
  return roleMay(r.role, "viewBoard") ? "board" : "none";
}

/**
 * Whether a column that takes a permission is shown. A query has one list of columns for all clinics, so the permission must be
 * held wherever the person sees any call: least privilege, for the few who are different things in different clinics.
 */
export function columnsWith(who: HasRoles, permission: Permission): boolean {
  const seeing = who.roles.filter((r) => callScope(r) !== "none");
  return (seeing.length > 0 ? seeing : who.roles).every((r) => roleMay(r.role, permission)) && who.roles.length > 0;
}
