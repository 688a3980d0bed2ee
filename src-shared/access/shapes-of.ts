import { type ShapeName, shapeName } from "../contract/sync.ts";
import { columnsWith, type HasRoles, type MemberRole } from "./member.ts";
import { rowFilter } from "./row-filter.ts";
import { type TableAccess, tableAccess } from "./table-access.ts";

/** Rules of the rows that a replica holds of a table. */
export const deskRules = (name: ShapeName) => {
  const table: TableAccess = tableAccess[name];
  return table.deskRows ?? table.rows;
};

/** The columns of a table that this person's replica holds. */
export function deskColumns(name: ShapeName, who: HasRoles): string[] {
  const table: TableAccess = tableAccess[name];
  const { desk = [], need = {} } = table;
  return desk.filter((column) => {
    const permission = need[column];
    return permission === undefined || columnsWith(who, permission);
  });
}

/**
 * The shapes that a person's replica consists of, in the order in which they are fetched. A shape none of whose rules can show
 * them a row is not followed: a board holds no calls, everybody else no rollups.
 */
export const shapesOf = (roles: MemberRole[]): ShapeName[] =>
  // Which organization it is does not matter to whether there is one.
  shapeName.options.filter((name) => deskRules(name).some((rule) => rowFilter(rule, { roles }, "own") !== null));
