import { memberMay } from "#shared/access/member.ts";
import type { Call } from "#shared/contract/calls.ts";
import type { LongestWait } from "#shared/contract/reports.ts";
import type { Person } from "#shared/contract/session.ts";
import type { WriteDown } from "./write-down.ts";

/** The same asked for again within this long is the same look at it: screens ask at each change, and Today stands open all day. */
const sameLook: Record<string, number> = { "calls.one": 60_000, "calls.list": 60_000, "today.longestWaits": 3_600_000 };

export type NoteViews = (
  verb: string,
  input: unknown,
  output: unknown,
  person: Person,
  write: WriteDown,
) => Promise<void>;

/**
 * Writes down that calls with their callers were looked at, before they are shown. What is written names the call, or the days and
 * filters of a list; never a number, a name or what was searched for.
 */
export function createNoteViews(now: () => number): NoteViews {
  const looked = new Map<string, number>();
  return async (verb, input, output, person, write) => {
    const lasts = sameLook[verb];
    if (lasts === undefined) return;
    const key = `${person.id} ${verb} ${JSON.stringify(input)}`;
    for (const [old, over] of looked) if (over <= now()) looked.delete(old);
    if (looked.has(key)) return;
    if (verb === "calls.one") {
      const { id, clinicId } = output as Call;
      await write({ action: "view", subject: verb, subjectId: id, clinicId });
    } else {
      const records = Array.isArray(output) ? (output as LongestWait[]) : (output as { records: Call[] }).records;
      if (!memberMay(person, "seeCallers") || records.length === 0) return;
      const question = input as Record<string, unknown>;
      const clinicId = typeof question["clinicId"] === "string" ? question["clinicId"] : oneClinic(records);
      await write({ action: "view", subject: verb, clinicId, detail: { ...shown(question), rows: records.length } });
    }
    looked.set(key, now() + lasts);
  };
}

/** Filters that name nobody. */
const harmless = [
  "startDate",
  "endDate",
  "direction",
  "status",
  "callType",
  "locationId",
  "queueId",
  "agentId",
  "minWaitSeconds",
];

const shown = (question: Record<string, unknown>): Record<string, string | number | boolean> => ({
  ...Object.fromEntries(
    Object.entries(question).filter(
      (e): e is [string, string | number] => harmless.includes(e[0]) && ["string", "number"].includes(typeof e[1]),
    ),
  ),
  searched: typeof question["search"] === "string" && question["search"] !== "",
});

/** The clinic that all of them are of, where they are of one. */
function oneClinic(records: (Call | LongestWait)[]): string | null {
  const [first = null] = records.map((r) => ("clinicId" in r ? r.clinicId : null));
  return records.every((r) => "clinicId" in r && r.clinicId === first) ? first : null;
}
