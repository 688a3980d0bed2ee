import type { AnyRouter } from "@orpc/server";
import type { KeyWrapper } from "../session/key-wrapper.ts";

export type LockedBy = "idle" | "person" | "system";

/** Replica, synchronisation, session and verbs put together; knows no shell. `router` implements the desk's contract. */
export type Desk = { router: AnyRouter; lock: (why: LockedBy) => void; close: () => Promise<void> };

export type DeskOptions = {
  serverUrl: string;
  /** The desk's own folder. */
  home: string;
  version: string;
  /** The system's secret store; null where there is none: then nothing opens without a person's password. */
  wrapper: KeyWrapper | null;
  /** Shows a provider's page in the system's browser. */
  openBrowser: (url: string) => Promise<void>;
  /** Started for a wall. */
  board?: boolean;
  browserShell: boolean;
  log?: (line: string) => void;
  /** Epoch milliseconds. */
  now?: () => number;
};
