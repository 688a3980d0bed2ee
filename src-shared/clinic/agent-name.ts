import { type RawBuilder, sql } from "kysely";
import type { Reading } from "./scope.ts";

/**
 * The name under which this person knows the agent called `a`. Where whole names are not shown the column must not even be
 * named, for the database refuses it; a replica that has just been allowed them may not hold them yet.
 */
export const agentName = ({ names }: Pick<Reading, "names">): RawBuilder<string> =>
  names ? sql`coalesce(a.display_name, a.first_name)` : sql`a.first_name`;
