import type { HasRoles, MemberRole } from "#shared/access/member.ts";
import { type Permission, roleMay } from "#shared/access/permission.ts";
import type { RowRule, TableAccess } from "#shared/access/table-access.ts";

// What the one table of access says, once more and word by word, sharing nothing with policies and gatekeeper but the table itself.

export type Row = Record<string, unknown>;
/** Every row there is, by table: some rules look beyond the row. */
export type World = { calls: Row[]; user_clinic_roles: Row[]; sessions: Row[] };
export type Asking = HasRoles & { userId: string; organizationId: string };

/** Whether any of the rules shows the row. `callRules` are those of calls, for lines behind one. */
export const shown = (rules: RowRule[], row: Row, who: Asking, world: World, callRules: RowRule[]): boolean =>
  rules.some((rule) => shows(rule, row, who, world, callRules));

function shows(rule: RowRule, row: Row, who: Asking, world: World, callRules: RowRule[]): boolean {
  const holding = who.roles.filter((r) => rule.by === "belonging" || roleMay(r.role, rule.by));
  const clinics = holding.map((r) => r.clinicId);
  const administered = (userId: unknown) =>
    world.user_clinic_roles.some((r) => r.user_id === userId && clinics.includes(String(r.clinic_id)));
  const conditions = [
    holding.length > 0,
    !rule.clinic || clinics.includes(String(row[rule.clinic])),
    !rule.location || everyRole(who, "viewTeamPerformance", (r) => r.locationIds).includes(row[rule.location]),
    !rule.agent || everyRole(who, "viewOwnPerformance", (r) => [r.agentId]).includes(row[rule.agent] ?? "nobody"),
    !rule.self || row[rule.self] === who.userId,
    !rule.person || administered(row[rule.person]),
    !rule.organization || row[rule.organization] === who.organizationId,
    !rule.usedBy ||
      world.sessions.some(
        (s) => s.device_id === row[rule.usedBy ?? ""] && s.device_id !== null && administered(s.user_id),
      ),
    !rule.without || row[rule.without] === null,
    !rule.behind ||
      world.calls.some(
        (call) =>
          call.source_id === row[rule.behind?.source ?? ""] &&
          call.call_id === row[rule.behind?.call ?? ""] &&
          shown(callRules, call, who, world, callRules),
      ),
  ];
  return conditions.every(Boolean);
}

const everyRole = (who: HasRoles, by: Permission, of: (r: MemberRole) => unknown[]): unknown[] =>
  who.roles.filter((r) => roleMay(r.role, by)).flatMap(of);

/** Permissions by which a role sees calls or their sums: where it has none of them, what it may know of callers says nothing. */
const seeing: Permission[] = ["viewOwnPerformance", "viewTeamPerformance", "viewAllPerformance", "viewBoard"];

/** The columns that may be read: on the server, or in a replica. */
export function readable(table: TableAccess, who: HasRoles, where: "server" | "desk"): string[] {
  const lists = where === "desk" ? [table.desk ?? []] : [table.desk ?? [], table.server ?? []];
  const deciding = who.roles.filter((r) => seeing.some((permission) => roleMay(r.role, permission)));
  return lists.flat().filter((column) => {
    const needed = table.need?.[column];
    if (needed === undefined) return true;
    const by = deciding.length > 0 ? deciding : who.roles;
    return by.length > 0 && by.every((r) => roleMay(r.role, needed));
  });
}
