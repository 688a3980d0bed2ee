import { callScope, columnsWith } from "#shared/access/member.ts";
import type { DeskVerb } from "#shared/access/verb-access.ts";
import type { Person } from "#shared/contract/session.ts";
import { mayAsk } from "./may-ask.ts";
import type { Screen } from "./routes.ts";

export type ScreenEntry = { screen: Screen; title: string; hint: string };
type Entry = ScreenEntry & { by: DeskVerb };

const all: Entry[] = [
  { screen: "today", title: "Today", hint: "figures, hours, queues, agents", by: "today.overview" },
  { screen: "calls", title: "Calls", hint: "every call and the line behind it", by: "calls.list" },
  { screen: "trends", title: "Trends", hint: "days, weeks, months and the week’s hours", by: "reports.callAnalytics" },
];

/** A part of the administration; `by` is the verb that its first list asks. */
export type AdministrationTab = { id: string; title: string; hint: string; by: DeskVerb };
const tabs = [
  { id: "people", title: "People and roles", hint: "accounts, roles, one-time passwords", by: "people.list" },
  { id: "locations", title: "Locations", hint: "and who works there", by: "locations.list" },
  { id: "devices", title: "Devices", hint: "sessions, idle lock, what left which desk", by: "devices.list" },
  { id: "sources", title: "Sources and extensions", hint: "phone systems, rejected records, queues", by: "telephony.sources" },
  { id: "retention", title: "Retention", hint: "how long what is kept", by: "retention.list" },
  { id: "audit", title: "Audit", hint: "who did what, and its export", by: "audit.search" },
] as const satisfies AdministrationTab[]; // prettier-ignore
export type AdministrationTabId = (typeof tabs)[number]["id"];

type Who = Person | null | undefined;

/** The administration's parts that this person may use in the clinic in view. */
export const administrationTabs = (person: Who, clinicId: string | undefined): (typeof tabs)[number][] =>
  tabs.filter(({ by }) => mayAsk(person, by, clinicId));

/** Whether this person sees any call of the clinic; false leads to an explanation instead of empty figures. */
export const maySeeCalls = (person: Who, clinicId: string): boolean =>
  !person || mayAsk(person, "calls.list", clinicId);

/** Whose calls this person sees there: figures that look like the clinic's but aren't must say so. */
export function callsSeen(person: Who, clinicId: string | undefined): "all" | "locations" | "own" {
  const scopes = person?.roles.filter((one) => one.clinicId === clinicId).map(callScope) ?? [];
  if (scopes.includes("locations")) return "locations";
  return scopes.includes("own") ? "own" : "all";
}

/**
 * Whether this person sees who called; where not, a missing caller is not called withheld. A replica has one list of columns, so it
 * is the same in all of their clinics.
 */
export const seesCallers = (person: Who): boolean => !person || columnsWith(person, "seeCallers");

/** An account for a wall: it has the board and no other screen. */
export const isBoard = (person: Who): boolean => person?.kind === "board";

/** The screens of the navigation, by what the person may do in the clinic in view. Without a clinic there is nothing to narrow by yet. */
export function screensFor(person: Who, clinicId: string | undefined): ScreenEntry[] {
  const seen = all.filter(({ by }) => clinicId === undefined || mayAsk(person, by, clinicId));
  const entries: ScreenEntry[] = seen.map(({ screen, title, hint }) => ({ screen, title, hint }));
  if (administrationTabs(person, clinicId).length > 0) {
    entries.push({ screen: "administration", title: "Administration", hint: "people, devices, sources, retention, audit" });
  } // prettier-ignore
  return entries;
}
