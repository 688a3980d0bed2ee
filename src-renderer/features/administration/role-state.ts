import type { HeldRole, ManagedPerson } from "#shared/contract/administration.ts";
import { dayOf, lastDayBefore } from "../../format/day-instants.ts";
import { dayLong } from "../../format/moments.ts";

export type RoleState = { kind: "counts" | "ending" | "later" | "over"; text: string };

/** Whether a role counts now, in words: "always", "from 1 December 2026", "until 28 February 2027", "ended 30 September 2026", "taken". */
export function roleState(held: HeldRole, now: number, timeZone: string): RoleState {
  const { active, validFrom, validUntil } = held;
  if (!active) return { kind: "over", text: "taken" };
  if (validUntil !== null && Date.parse(validUntil) <= now) {
    return { kind: "over", text: `ended ${dayLong(lastDayBefore(validUntil, timeZone))}` };
  }
  const until = validUntil === null ? "" : `until ${dayLong(lastDayBefore(validUntil, timeZone))}`;
  if (validFrom !== null && Date.parse(validFrom) > now) {
    return { kind: "later", text: [`from ${dayLong(dayOf(validFrom, timeZone))}`, until].filter(Boolean).join(", ") };
  }
  return until === "" ? { kind: "counts", text: "always" } : { kind: "ending", text: until };
}

export const roleIn = (person: ManagedPerson, clinicId: string): HeldRole | undefined =>
  person.roles.find((one) => one.clinicId === clinicId);
