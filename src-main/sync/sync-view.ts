import type { DeskStatus } from "#shared/contract/desk-contract.ts";
import type { together } from "#shared/sync/desk-state.ts";

/** How the replica stands, as its worker tells it: what a status is made of besides the session. */
export type SyncView = Pick<DeskStatus, "asOf" | "usable" | "progress" | "revision" | "problem"> & {
  /** What the shapes' loops say together; null while none runs. */
  event: ReturnType<typeof together> | null;
};
