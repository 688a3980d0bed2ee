import type { SyncState } from "../contract/desk-contract.ts";
import type { ShapePhase } from "./shape-phase.ts";

/** What happens to a desk. `behind` to `failed` are what its shapes' loops say together. */
export type DeskEvent =
  | "signIn"
  | "opened"
  | "broken"
  | "behind"
  | "upToDate"
  | "cut"
  | "refused"
  | "failed"
  | "signOut";

const apart: Record<DeskEvent, SyncState> = {
  signIn: "opening",
  opened: "syncing",
  broken: "failed",
  behind: "syncing",
  upToDate: "live",
  cut: "offline",
  refused: "refused",
  failed: "failed",
  signOut: "signedOut",
};
/** Until the replica is open, no loop runs: what one of the last session still says is not heard. */
const closed = (state: SyncState): Record<DeskEvent, SyncState> => ({
  signIn: "opening",
  opened: state,
  broken: state,
  behind: state,
  upToDate: state,
  cut: state,
  refused: state,
  failed: state,
  signOut: "signedOut",
});

/** Every state and every event: SPEC.md 1. */
export const deskStates: Record<SyncState, Record<DeskEvent, SyncState>> = {
  signedOut: closed("signedOut"),
  opening: { ...closed("opening"), opened: "syncing", broken: "failed" },
  syncing: apart,
  live: apart,
  offline: apart,
  refused: apart,
  failed: apart,
};

/** What the loops say together: the worst of them counts. */
export function together(
  phases: ShapePhase[],
): Extract<DeskEvent, "behind" | "upToDate" | "cut" | "refused" | "failed"> {
  if (phases.includes("refused")) return "refused";
  if (phases.includes("failed")) return "failed";
  if (phases.includes("resting")) return "cut";
  return phases.length > 0 && phases.every((p) => p === "live") ? "upToDate" : "behind";
}
