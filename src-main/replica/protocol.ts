import type { SyncView } from "../sync/sync-view.ts";

/** What the main process says to the replica's worker. */
export type ToWorker =
  | { kind: "query"; id: number; sql: string; parameters: unknown[] }
  /** Follow the server's shapes with this session, instead of whatever was followed before. */
  | { kind: "follow"; server: string; token: string }
  | { kind: "unfollow" }
  | { kind: "retry" }
  | { kind: "close" };

/** What the worker says to the main process. */
export type FromWorker =
  | { kind: "opened"; erased: string | null; view: SyncView }
  | { kind: "rows"; id: number; rows: unknown[]; affected: number }
  | { kind: "error"; id: number; message: string; code: string | null }
  | { kind: "view"; view: SyncView }
  /** The replica can't go on; the sentence says what to do. */
  | { kind: "broken"; problem: string }
  | { kind: "closed" };

/** `make`: only makes the replica and ends. */
export type WorkerData = { folder: string; schema: string; make: boolean };
