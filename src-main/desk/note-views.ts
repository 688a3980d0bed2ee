import { memberMay } from "#shared/access/member.ts";
import type { Call } from "#shared/contract/calls.ts";
import type { Person } from "#shared/contract/session.ts";
import type { WriteDown } from "./write-down.ts";

/** The same list asked for again within this long is the same look at it: screens ask at each change. */
const sameLook = 60_000;

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
    if (verb !== "calls.one" && verb !== "calls.list") return;
    const key = `${person.id} ${verb} ${JSON.stringify(input)}`;
    if (now() - (looked.get(key) ?? -Infinity) < sameLook) return;
    for (const [old, at] of looked) if (now() - at >= sameLook) looked.delete(old);
    if (verb === "calls.one") {
      const { id, clinicId } = output as Call;
      await write({ action: "view", subject: verb, subjectId: id, clinicId });
    } else {
      const { records } = output as { records: Call[] };
      if (!memberMay(person, "seeCallers") || records.length === 0) return;
      const question = input as Record<string, unknown>;
      const clinicId = typeof question["clinicId"] === "string" ? question["clinicId"] : oneClinic(records);
      await write({ action: "view", subject: verb, clinicId, detail: { ...shown(question), rows: records.length } });
    }
    looked.set(key, now());
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
function oneClinic(records: Call[]): string | null {
  const first = records[0]?.clinicId ?? null;
  return records.every((r) => r.clinicId === first) ? first : null;
}
