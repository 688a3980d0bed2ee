import type { Member } from "#shared/access/member.ts";
import { rowFilter } from "#shared/access/row-filter.ts";
import { deskColumns, deskRules } from "#shared/access/shapes-of.ts";
import type { ShapeName } from "#shared/contract/sync.ts";
import type { ShapeDefinition } from "./definition.ts";

/** What is wanted first comes first: the newest calls. */
const order: Partial<Record<ShapeName, ShapeDefinition["order"]>> = {
  calls: [
    { column: "call_start_time", descending: true },
    { column: "id", descending: true },
  ],
};

/**
 * The shape of a table for a person: decided by the session alone, from the one table of access. A person who may see nothing
 * gets a shape without rows.
 */
export const definitionFor = (name: ShapeName, who: Member, replica: ShapeDefinition["replica"]): ShapeDefinition => ({
  schema: "public",
  table: name,
  columns: deskColumns(name, who),
  filter: deskRules(name).flatMap((rule) => {
    const conditions = rowFilter(rule, who, who.organizationId);
    return conditions ? [conditions] : [];
  }),
  order: order[name] ?? [],
  replica,
  log: "full",
});
