import { columnsWith, type HasRoles } from "#shared/access/member.ts";
import type { Permission } from "#shared/access/permission.ts";

/**
 * The database roles of members (src-server/policy/001-roles.sql), each with one more class of columns than the one before: whoever
 * may know callers may know colleagues' names, and whoever configures phone systems may know both. So four roles do, not eight.
 */
const steps: [permission: Permission, role: string][] = [
  ["seeStaffNames", "careboard_names"],
  ["seeCallers", "careboard_callers"],
  ["configureSources", "careboard_sources"],
];

/** The database role that reads the columns this person may see, and no others. */
export function memberRole(who: HasRoles): string {
  let role = "careboard_member";
  for (const [permission, further] of steps) {
    if (!columnsWith(who, permission)) break;
    role = further;
  }
  return role;
}
