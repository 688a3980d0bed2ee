import type { ShapeName } from "#shared/contract/sync.ts";
import type { SyncView } from "../sync/sync-view.ts";

/** Why a replica was begun anew: it was damaged, made by another version, or lay there in clear text. `detail` is for the log. */
export type Erased = { why: "damaged" | "version" | "clear"; detail: string };

/** Why a replica can't go on. What is damaged can be erased and fetched anew. The sentence is for people. */
export type Broken = { kind: "damaged" | "diskFull" | "other"; problem: string };

/** What the main process says to the replica's worker first. `key`: the worker's own copy, 32 bytes. `make`: only makes the replica and ends. */
export type ToOpen = { kind: "open"; folder: string; schema: string; key: Uint8Array<ArrayBuffer>; make: boolean };

/** What it says after. */
export type ToWorker =
  | { kind: "query"; id: number; sql: string; parameters: unknown[] }
  /** Follow these shapes of the server with this session, instead of whatever was followed before; the rows of others leave. */
  | { kind: "follow"; server: string; token: string; shapes: ShapeName[] }
  /** The same session goes on with a newer token: requests from now on use it. */
  | { kind: "token"; token: string }
  | { kind: "unfollow" }
  | { kind: "retry" }
  | { kind: "close" };

/** What the worker says to the main process. */
export type FromWorker =
  | { kind: "opened"; erased: Erased | null; view: SyncView }
  | { kind: "rows"; id: number; rows: unknown[]; affected: number }
  | { kind: "error"; id: number; message: string; code: string | null }
  | { kind: "view"; view: SyncView }
  /** The replica can't go on. */
  | { kind: "broken"; broken: Broken }
  /** It was not opened: its files are encrypted with another key. */
  | { kind: "wrongKey" }
  | { kind: "closed" };
