import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Call, CallListQuestion } from "../contract/calls.ts";
import type { DB } from "../schema/database.ts";
import { readCursor, writeCursor } from "./call-cursor.ts";
import { callColumns, heldColumns, namesJoined } from "./call-row.ts";
import { badField } from "./refuse.ts";
import { type Reading, scopeOf, within } from "./scope.ts";

/** Before and after every call. */
const everFirst = "0001-01-01";
const everLast = "9999-12-31";

/**
 * Call records, newest first. A page goes on after the last call of the one before, so that calls that arrive meanwhile
 * shift nothing.
 * @throws BAD_REQUEST for a cursor that is none, or days the wrong way round; NOT_FOUND for a clinic that isn't there
 */
export async function callList(
  db: Kysely<DB>,
  question: CallListQuestion,
  reading: Reading,
): Promise<{ records: Call[]; nextCursor: string | null }> {
  const { startDate = everFirst, endDate = everLast, limit } = question;
  if (startDate > endDate) throw badField("endDate", "The last day lies before the first: swap them.");
  const scope = await scopeOf(db, { ...question, startDate, endDate });
  const conditions = sql.join(narrowed(question, reading), sql` and `);
  // Each clinic's newest by its index, then the newest of these: one index run over all clinics there is none.
  const perClinic = [...scope.clinics].map(
    ([id, clinic]) => sql`(
      select ${heldColumns(reading)} from calls s
      where ${within({ ...scope, clinics: new Map([[id, clinic]]) })} and ${conditions}
      order by s.call_start_time desc, s.id desc
      limit ${limit + 1})`,
  );
  if (perClinic.length === 0) return { records: [], nextCursor: null };
  const { rows } = await sql<Call>`
    select ${callColumns(reading)}
    from (${sql.join(perClinic, sql` union all `)}) s ${namesJoined}
    order by s.call_start_time desc, s.id desc
    limit ${limit + 1}`.execute(db);
  const records = rows.slice(0, limit);
  const last = records.at(-1);
  return { records, nextCursor: rows.length > limit && last ? writeCursor(last) : null };
}

function narrowed(question: CallListQuestion, { callers }: Reading): RawBuilder<unknown>[] {
  const parts: RawBuilder<unknown>[] = [sql`true`];
  if (question.direction) parts.push(sql`s.call_direction = ${question.direction}`);
  if (question.status) parts.push(sql`s.call_status = ${question.status}`);
  if (question.callType !== undefined)
    parts.push(question.callType === "unassigned" ? sql`s.call_type is null` : sql`s.call_type = ${question.callType}`);
  if (question.minWaitSeconds !== undefined) parts.push(sql`s.wait_seconds >= ${question.minWaitSeconds}`);
  if (question.search?.trim()) parts.push(callers ? found(question.search.trim()) : sql`false`);
  if (question.cursor !== undefined) {
    const { startedAt, id } = readCursor(question.cursor);
    parts.push(sql`(s.call_start_time, s.id) < (${startedAt}::timestamptz, ${id}::uuid)`);
  }
  return parts;
}

/** Part of a number or of a caller's name. A number is found however it is written: `202 555-01` finds 2025550143. */
function found(search: string): RawBuilder<unknown> {
  const text = anywhere(search);
  const parts = [
    sql`s.caller_number ilike ${text}`,
    sql`s.called_number ilike ${text}`,
    sql`s.caller_name ilike ${text}`,
  ];
  const digits = search.replaceAll(/[\s()./-]/g, "");
  if (digits !== search && /^\+?\d{3,}$/.test(digits))
    parts.push(sql`s.caller_number like ${anywhere(digits)}`, sql`s.called_number like ${anywhere(digits)}`);
  return sql`(${sql.join(parts, sql` or `)})`;
}

const anywhere = (text: string) => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
