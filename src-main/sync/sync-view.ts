import type { DeskStatus } from "#shared/contract/desk-contract.ts";
import type { ShapeName } from "#shared/contract/sync.ts";
import type { together } from "#shared/sync/desk-state.ts";

/** How the replica stands, as its worker tells it: what a status is made of besides the session. */
export type SyncView = Pick<DeskStatus, "asOf" | "usable" | "progress" | "revision" | "problem"> & {
  /** What the shapes' loops say together; null while none runs. */
  event: ReturnType<typeof together> | null;
  /** What the server gave with its refusal, while it refuses; `reason` is null when all it wants is a newer token. */
  refusal: Refusal | null;
  /**
   * Rows that left because the person may hold them no longer, by shape, since this replica was made. Rows that were deleted at the
   * server are not counted. `mark` moves when what left until then is in no file any more; `pending`: more is on its way to that.
   */
  removed: { mark: number; pending: boolean; rows: Record<ShapeName, number> };
};

/** Why a session is none any more, as the server said it, and what lets the desk report what it removed because of it. */
export type Refusal = { reason: string | null; receipt: string | null };
