import type { Person } from "#shared/contract/session.ts";
import { may } from "#shared/access/may.ts";
import type { Screen } from "./routes.ts";

export type ScreenEntry = { screen: Screen; title: string; hint: string };

const everyone: ScreenEntry[] = [
  { screen: "today", title: "Today", hint: "figures, hours, queues, agents" },
  { screen: "calls", title: "Calls", hint: "every call and the line behind it" },
  { screen: "trends", title: "Trends", hint: "days, weeks, months and the week’s hours" },
];
const configurers: ScreenEntry = {
  screen: "phone-systems",
  title: "Phone systems",
  hint: "sources, rejected records, extensions, queues",
};

/** Whether this person may configure the clinic's phone systems. The server decides again at each verb. */
export const mayConfigure = (person: Person | null | undefined, clinicId: string | undefined): boolean =>
  person?.roles.some((one) => one.clinicId === clinicId && may[one.role].configureSources) ?? false;

/** Whether this person sees any call of the clinic; false leads to an explanation instead of empty figures. */
export const maySeeCalls = (person: Person | null | undefined, clinicId: string): boolean =>
  person?.roles.some((one) => one.clinicId === clinicId && may[one.role].calls !== "none") ?? true;

/** Whether this person sees only their own calls there: figures that look like the clinic's but aren't must say so. */
export const seesOwnCalls = (person: Person | null | undefined, clinicId: string | undefined): boolean => {
  const scopes = person?.roles.filter((one) => one.clinicId === clinicId).map((one) => may[one.role].calls) ?? [];
  return scopes.includes("own") && !scopes.includes("clinic");
};

/** The screens of the navigation, by what the person may do in the clinic in view. */
export const screensFor = (person: Person | null | undefined, clinicId: string | undefined): ScreenEntry[] =>
  mayConfigure(person, clinicId) ? [...everyone, configurers] : everyone;
