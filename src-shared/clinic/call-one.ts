import { type Kysely, sql } from "kysely";
import type { Call } from "../contract/calls.ts";
import type { DB } from "../schema/database.ts";
import { callColumns, heldColumns, namesJoined } from "./call-row.ts";
import { notFound } from "./refuse.ts";
import type { Reading } from "./scope.ts";

/**
 * One call record.
 * @throws NOT_FOUND when there is no such call for this person
 */
export async function callOne(db: Kysely<DB>, { id }: { id: string }, reading: Reading): Promise<Call> {
  const { rows } = await sql<Call>`
    select ${callColumns(reading)}
    from (select ${heldColumns(reading)} from calls s where s.id = ${id}) s ${namesJoined}`.execute(db);
  if (!rows[0]) throw notFound("There is no such call among those you may see.");
  return rows[0];
}
