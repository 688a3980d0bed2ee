import type { DeskStatus } from "#shared/contract/desk-contract.ts";
import type { ShapeName } from "#shared/contract/sync.ts";
import type { LinkState } from "../client/link-state.ts";
import { timeLeft } from "../format/duration.ts";
import { moment, time, timeToTheSecond } from "../format/moments.ts";
import { count } from "../format/numbers.ts";

const shapes: Record<ShapeName, string> = {
  organizations: "Organizations",
  clinics: "Clinics",
  locations: "Locations",
  agents: "Agents",
  queues: "Queues",
  call_sources: "Phone systems",
  calls_by_hour: "Figures by hour",
  calls_by_agent: "Figures by agent",
  calls_by_type: "Figures by kind of call",
  calls_by_queue: "Figures by queue",
  calls: "Calls",
};
export const shapeWords = (shape: ShapeName): string => shapes[shape];

export type StatusWords = {
  kind: "live" | "busy" | "away" | "bad";
  /** One or two words that say it. */
  state: string;
  /** What there is to know beside it. */
  detail: string;
  /** What a person can do about it. */
  action: "none" | "reconnect" | "signIn" | "retryLink";
};

/** The status bar's words. Instants are shown on the clinic's clock. */
export function statusWords(
  status: DeskStatus | null,
  link: LinkState["kind"],
  timeZone: string,
  now: number = Date.now(),
): StatusWords {
  if (link === "lost") {
    return {
      kind: "away",
      state: "Desk not reached",
      detail: "Check that Careboard is still running on this machine; this window connects again by itself.",
      action: "retryLink",
    };
  }
  if (status === null || link === "connecting")
    return { kind: "busy", state: "Connecting", detail: "reaching the desk", action: "none" };
  const asOf = status.asOf === null ? "no data yet" : `data as of ${timeToTheSecond(status.asOf, timeZone)}`;
  switch (status.state) {
    case "live":
      return { kind: "live", state: "Live", detail: asOf, action: "none" };
    case "syncing":
      return { kind: "busy", state: "Syncing", detail: syncDetail(status.progress) ?? asOf, action: "none" };
    case "opening":
      return { kind: "busy", state: "Opening", detail: "opening what this desk holds", action: "none" };
    case "offline":
      return {
        kind: "away",
        state: `Offline since ${time(status.since, timeZone)}`,
        detail: `${asOf}${leaseDetail(status.lease, timeZone, now)}`,
        action: "reconnect",
      };
    case "refused":
      return {
        kind: "bad",
        state: "Session ended",
        detail: `${asOf}; sign in again to go on receiving calls`,
        action: "signIn",
      };
    case "signedOut":
      return { kind: "bad", state: "Signed out", detail: "", action: "signIn" };
    case "failed":
      break;
  }
  return {
    kind: "bad",
    state: "Stopped",
    detail: status.problem ?? `${asOf}; restart Careboard to go on`,
    action: "none",
  };
}

/** Said in the last day before a desk without contact locks its data. */
function leaseDetail(lease: DeskStatus["lease"], timeZone: string, now: number): string {
  if (lease === null || Date.parse(lease.lockAt) - now > 86_400_000) return "";
  return `; without contact it locks on ${moment(lease.lockAt, timeZone)}`;
}

function syncDetail(progress: DeskStatus["progress"]): string | null {
  if (progress === null) return null;
  const left = progress.secondsLeft === null ? "" : `, ${timeLeft(progress.secondsLeft)}`;
  return `${shapeWords(progress.shape).toLowerCase()}: ${count(progress.rows)} of about ${count(progress.total)}${left}`;
}
