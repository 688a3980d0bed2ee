import { randomUUID } from "node:crypto";
import { leaseLater, leaseState } from "../session/lease.ts";
import { readLease, writeLease } from "../session/lease-file.ts";
import { leaseFile, sweepLeases } from "../session/sweep-leases.ts";
import type { Kept } from "../session/kept-session.ts";
import { receiptOf } from "./contact.ts";
import type { Seat } from "./seat.ts";

/** What happens at a desk by the mere passing of time: the idle lock, the leases. */
export type Clock = {
  start: () => Promise<void>;
  /** Somebody is there. */
  touched: () => void;
  /** At a start: locks where nobody touched the desk for longer than it may stand open. */
  lockIfIdle: () => Promise<void>;
  /** What was kept of a session, with the time that went by since. */
  resume: (folder: string, before: Kept) => Promise<Kept>;
  /** Writes down how a lease stands. */
  keep: (seat: Seat) => Promise<void>;
  stop: () => void;
};

type Options = {
  home: string;
  now: () => number;
  seat: () => Seat | null;
  inOrder: <T>(work: () => Promise<T>) => Promise<T>;
  onIdle: () => void;
  onChange: () => void;
  onMinute: () => void;
  /** The lease of whoever sits here is over for good. */
  onOver: (seat: Seat) => Promise<void>;
  log: (line: string) => void;
};

const beatEvery = 1_000;
const keepEvery = 60_000;
const sweepEvery = 3_600_000;

export function createClock({ home, now, seat, inOrder, onIdle, onChange, onMinute, onOver, log }: Options): Clock {
  let timer: NodeJS.Timeout | null = null;
  let touchedAt = performance.now();
  let beatAt = performance.now();
  let keptAt = performance.now();
  let sweptAt = { mono: performance.now(), wall: now() };
  let over: Seat | null = null;

  const keep = async (of: Seat) => {
    const { lease, terms, erasedAt } = of.kept.now();
    await of.kept.change({});
    await writeLease(of.folder, leaseFile({ lease, terms, erasedAt }));
  };
  const idle = ({ person, terms, touchedAt: last }: Kept): boolean => {
    if (person.kind === "board") return false;
    const limit = terms.idleMinutes * 60_000;
    // Whichever clock says more: one can be set, the other stands still while the machine sleeps.
    return now() - last >= limit || performance.now() - touchedAt >= limit;
  };
  const sweep = async () => {
    const ran = performance.now() - sweptAt.mono;
    sweptAt = { mono: performance.now(), wall: now() };
    // In order: a folder that is just being made has no key yet, and looks like one that nobody opens any more.
    await inOrder(() => sweepLeases({ home, now: now(), ran, except: seat()?.userId ?? null, log }));
  };
  const quietly = (work: Promise<unknown>, what: string) => {
    work.catch((error: unknown) => log(`${what}: ${String(error)}`));
  };

  const beat = () => {
    const ran = performance.now() - beatAt;
    beatAt = performance.now();
    const of = seat();
    if (of) {
      const before = of.kept.now();
      of.kept.note({ lease: leaseLater(before.lease, now(), ran) });
      const after = of.kept.now();
      const [was, is] = [leaseState(before.lease, after.terms), leaseState(after.lease, after.terms)];
      if (was !== is && is !== "holds")
        quietly(of.writeDown({ action: "desk", subject: "leaseOver", detail: { erased: is === "over" } }), "lease");
      if (is === "over" && after.erasedAt === null && over !== of) {
        over = of;
        quietly(
          onOver(of).finally(() => {
            over = null;
          }),
          "lease",
        );
      }
      if (after.locked === null && idle(after)) onIdle();
      onChange();
    }
    if (beatAt - keptAt >= keepEvery) {
      keptAt = beatAt;
      if (of) quietly(keep(of), "lease");
      onMinute();
    }
    if (beatAt - sweptAt.mono >= sweepEvery || now() - sweptAt.wall >= sweepEvery) quietly(sweep(), "lease");
  };

  return {
    start: async () => {
      await sweepLeases({ home, now: now(), ran: 0, except: null, log });
      timer = setInterval(beat, beatEvery);
      timer.unref();
    },
    touched: () => {
      touchedAt = performance.now();
      seat()?.kept.note({ touchedAt: now() });
    },
    lockIfIdle: async () => {
      const of = seat();
      if (!of) return;
      const { touchedAt: last, locked, person, terms } = of.kept.now();
      // A clock that was set back shows a last use that is still to come.
      const away = now() - last;
      if (locked === null && person.kind === "person" && (away < 0 || away >= terms.idleMinutes * 60_000))
        await of.kept.change({ locked: { why: "idle", since: new Date(now()).toISOString() } });
    },
    resume: async (folder, before) => {
      const beside = await readLease(folder);
      const erasedAt = before.erasedAt ?? beside?.erasedAt ?? null;
      const lease = leaseLater(before.lease, now(), 0);
      touchedAt = performance.now();
      if (erasedAt === null || before.erasedAt !== null) return { ...before, lease, erasedAt };
      // It was erased while the key was not here: said now.
      return {
        ...before,
        lease,
        erasedAt,
        told: {},
        held: {},
        pending: null,
        receipts: [...before.receipts, receiptOf("leaseOver", before.held, Date.parse(erasedAt))],
        notices: [
          ...before.notices,
          { id: randomUUID(), kind: "erased", changes: [], removed: before.held, at: erasedAt },
        ],
      };
    },
    keep,
    stop: () => {
      if (timer) clearInterval(timer);
    },
  };
}
