import { intl } from "../../format/intl.ts";
import type { TrendsView } from "./trends-view.ts";

/** A step's key for people: 20 Nov, week 47, Nov 2026. The year stands where steps are long enough to cross it. */
export function stepLabel(step: TrendsView["step"], key: string): string {
  if (step === "week") return `week ${Number(key.split("-W")[1] ?? 0)}`;
  const noon = `${step === "month" ? `${key}-01` : key}T12:00:00Z`;
  const parts =
    step === "month" ? ({ month: "short", year: "numeric" } as const) : ({ day: "numeric", month: "short" } as const);
  return intl.formatDate(noon, { ...parts, timeZone: "UTC" });
}
