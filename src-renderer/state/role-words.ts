import { type Role, role } from "#shared/access/role.ts";

const words: Record<Role, string> = {
  superadmin: "Organization administrator",
  clinic_admin: "Administrator",
  manager: "Manager",
  supervisor: "Supervisor",
  call_center_agent: "Call-center agent",
  provider: "Provider",
  staff: "Staff",
  viewer: "Viewer",
  board: "Board",
};

export const roleWords = (one: Role): string => words[one];

/** A role's name as the server wrote it down, in people's words; one unknown stays as it is. */
export function roleWordsOf(name: string | undefined): string {
  const known = role.safeParse(name);
  return known.success ? words[known.data] : (name ?? "another role");
}
