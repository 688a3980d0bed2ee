import type { DeskStatus } from "#shared/contract/desk-contract.ts";
import type { LinkState } from "../client/link-state.ts";

export type GateState =
  /** Nothing to show and nobody to ask yet. */
  | "waiting"
  /** This window's link is no longer valid. */
  | "expired"
  | "unreachable"
  | "signIn"
  | "needsPassphrase"
  | "keyLost"
  | "locked"
  | "leaseOver"
  /** The recovery codes of a second factor just set up: shown once, before anything else. */
  | "recoveryCodes"
  | "firstSync"
  | "open";

/** The part of the status that decides. */
type Decides = { state: DeskStatus["state"]; door: DeskStatus["door"]["kind"]; usable: boolean; signedIn: boolean };

/**
 * What a window shows as a whole. The door comes first: the screens are drawn only behind an open one. `covered`: nobody was here for
 * longer than the clinic allows, and the desk, which locks otherwise, can't be reached to say so.
 */
export function gateState(view: {
  link: LinkState["kind"];
  status: Decides | undefined;
  codesToShow: boolean;
  covered: boolean;
}): GateState {
  const { link, status } = view;
  if (link === "expired") return "expired";
  if (view.covered) return "unreachable";
  if (status === undefined) return link === "lost" ? "unreachable" : "waiting";
  switch (status.door) {
    case "closed":
      return status.state === "opening" ? "waiting" : "signIn";
    case "needsPassphrase":
    case "keyLost":
    case "locked":
    case "leaseOver":
      return status.door;
    case "open":
      break;
  }
  if (view.codesToShow) return "recoveryCodes";
  if (status.state === "signedOut") return "signIn";
  if (status.usable) return "open";
  if (status.state === "opening") return "waiting";
  // What is held is shown even when nobody can be asked any more; with nothing held there is only signing in again.
  if (status.state === "refused" && !status.signedIn) return "signIn";
  return status.state === "live" ? "open" : "firstSync";
}
