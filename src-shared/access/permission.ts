import type { Role } from "./role.ts";

/**
 * What a role may do in its clinic, by name. The first twelve are those of the call-center document (seed 002), with clinic_admin
 * beside manager and viewer where it only looks; the others are Careboard's own.
 */
export const permissions = {
  /** One's own calls and figures: those of the agent that the person is. */
  viewOwnPerformance: ["staff", "call_center_agent", "supervisor", "manager", "clinic_admin", "superadmin"],
  /** Calls and figures of the locations one is staff of. */
  viewTeamPerformance: ["supervisor", "manager", "clinic_admin", "superadmin"],
  /** Calls and figures of the whole clinic, also of calls without a location. */
  viewAllPerformance: ["manager", "clinic_admin", "superadmin", "viewer"],
  editCallJournals: ["call_center_agent", "supervisor", "manager", "clinic_admin", "superadmin"],
  reviewJournals: ["supervisor", "manager", "clinic_admin", "superadmin"],
  generateReports: ["supervisor", "manager", "clinic_admin", "superadmin"],
  configureMetrics: ["manager", "clinic_admin", "superadmin"],
  manageGoals: ["supervisor", "manager", "clinic_admin", "superadmin"],
  accessRecordings: ["supervisor", "manager", "clinic_admin", "superadmin"],
  conductQAReviews: ["supervisor", "manager", "clinic_admin", "superadmin"],
  manageCampaigns: ["manager", "clinic_admin", "superadmin"],
  exportData: ["manager", "clinic_admin", "superadmin"],

  /** Who called: number and name, of the calls one sees. */
  seeCallers: ["staff", "call_center_agent", "supervisor", "manager", "clinic_admin", "superadmin"],
  /** Colleagues by their whole names; a board shows first names. */
  seeStaffNames: [
    "provider", "staff", "call_center_agent", "supervisor", "manager", "clinic_admin", "superadmin", "viewer",
  ], // prettier-ignore
  /** The clinic's figures added up, without a single call: what a wall shows. */
  viewBoard: ["board"],
  /** Phone systems: sources, extensions, queue numbers, the rejected list. */
  configureSources: ["clinic_admin", "superadmin"],
  managePeople: ["clinic_admin", "superadmin"],
  manageLocations: ["clinic_admin", "superadmin"],
  /** Devices, sessions, idle lock, offline lease, second factor. */
  manageDevices: ["clinic_admin", "superadmin"],
  manageRetention: ["clinic_admin", "superadmin"],
  viewAudit: ["clinic_admin", "superadmin"],
  /** What belongs to no clinic: failed sign-ins of the organization's people, its devices. */
  manageOrganization: ["superadmin"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

export const roleMay = (role: Role, permission: Permission): boolean =>
  (permissions[permission] as readonly Role[]).includes(role);
