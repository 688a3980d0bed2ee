import { assert } from "../kit/assert.ts";
import { clinicsWith, type HasRoles, memberClinics, ownAgents, teamLocations } from "./member.ts";
import type { RowRule } from "./table-access.ts";

/** The column holds one of the values. */
export type ColumnValues = { column: string; values: string[] };

/**
 * A rule as conditions on a row's own columns, all of which must hold: for tables of which a replica holds rows. A rule that can
 * show this person nothing is null.
 *
 * @param organizationId the person's, for rules that name an organization
 */
export function rowFilter(rule: RowRule, who: HasRoles, organizationId: string): ColumnValues[] | null {
  const { by, clinic, location, agent, organization, ...further } = rule;
  assert(Object.keys(further).length === 0, `a shape can't be chosen by ${Object.keys(further).join(", ")}`);
  const clinics = by === "belonging" ? memberClinics(who) : clinicsWith(who, by);
  if (clinics.length === 0) return null;
  const conditions: ColumnValues[] = [];
  if (clinic) conditions.push({ column: clinic, values: clinics });
  if (location) conditions.push({ column: location, values: teamLocations(who) });
  if (agent) conditions.push({ column: agent, values: ownAgents(who) });
  if (organization) conditions.push({ column: organization, values: [organizationId] });
  return conditions.every(({ values }) => values.length > 0) ? conditions : null;
}
