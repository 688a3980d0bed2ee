import type { DeskStatus, SyncState } from "#shared/contract/desk-contract.ts";
import { shapeName } from "#shared/contract/sync.ts";
import { type DeskEvent, deskStates } from "#shared/sync/desk-state.ts";
import type { SyncView } from "../sync/sync-view.ts";

/** The one status of a desk, and everybody who looks at it. */
export type StatusBoard = {
  now: () => DeskStatus;
  /** Something happened: the state moves as `deskStates` says, and what else is known with it. */
  tell: (event: DeskEvent | null, change?: Partial<Omit<DeskStatus, "state" | "since">>) => void;
  /** The status now and at every change. Who reads slowly gets the latest, not all. */
  watch: (signal: AbortSignal | undefined) => AsyncGenerator<DeskStatus, void>;
};

/** What a status shows of the replica before there is one. */
export const nothing = {
  asOf: null,
  usable: false,
  progress: null,
  problem: null,
  revision: Object.fromEntries(shapeName.options.map((n) => [n, 0])) as DeskStatus["revision"],
};
/** What a status shows of the replica. */
export const shown = ({
  asOf,
  usable,
  progress,
  revision,
  problem,
}: SyncView): Pick<SyncView, keyof typeof nothing> => ({
  asOf,
  usable,
  progress,
  revision,
  problem,
});

export function createStatusBoard(first: Omit<DeskStatus, "since" | "state">): StatusBoard {
  let status: DeskStatus = { ...first, state: "signedOut", since: new Date().toISOString() };
  let text = "";
  let changes = 0;
  const waiting = new Set<() => void>();

  return {
    now: () => status,
    tell: (event, change = {}) => {
      const state: SyncState = event === null ? status.state : deskStates[status.state][event];
      status = { ...status, ...change, state, since: state === status.state ? status.since : new Date().toISOString() };
      const written = JSON.stringify(status);
      if (written === text) return;
      text = written;
      changes++;
      for (const wake of waiting) wake();
      waiting.clear();
    },
    async *watch(signal) {
      let seen = -1;
      for (;;) {
        if (signal?.aborted) return;
        if (seen === changes)
          await new Promise<void>((resolve) => {
            const wake = () => {
              waiting.delete(wake);
              signal?.removeEventListener("abort", wake);
              resolve();
            };
            waiting.add(wake);
            signal?.addEventListener("abort", wake);
          });
        if (signal?.aborted) return;
        seen = changes;
        yield status;
      }
    },
  };
}
