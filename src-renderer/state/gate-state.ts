import type { SyncState } from "#shared/contract/desk-contract.ts";
import type { LinkState } from "../client/link-state.ts";

export type GateState =
  /** Nothing to show and nobody to ask yet. */
  | "waiting"
  /** This window's link is no longer valid. */
  | "expired"
  | "unreachable"
  | "signIn"
  | "firstSync"
  | "open";

/**
 * What a window shows as a whole. `painted` means that answers of the last person are at hand: then the screens come at once, while
 * the desk is still being reached or opens its replica.
 */
export function gateState(view: {
  link: LinkState["kind"];
  state: SyncState | undefined;
  usable: boolean;
  signedIn: boolean;
  painted: boolean;
}): GateState {
  const { link, state, usable, signedIn, painted } = view;
  if (link === "expired") return "expired";
  if (state === undefined) return painted ? "open" : link === "lost" ? "unreachable" : "waiting";
  if (state === "signedOut") return "signIn";
  if (state === "opening") return painted ? "open" : "waiting";
  if (usable) return "open";
  // What is held is shown even when nobody can be asked any more; with nothing held there is only signing in again.
  if (state === "refused" && !signedIn) return "signIn";
  return state === "live" ? "open" : "firstSync";
}
