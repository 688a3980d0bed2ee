import type { Lsn } from "./lsn.ts";
import type { Shape } from "./shape.ts";

/** Why a wait ended: there are changes (its own or a sibling's), the time is up, the reader left, or the shape is gone. */
export type Woken = "changed" | "timeout" | "left" | "gone" | "full";

type Waiter = { shape: Shape; wake: (why: Woken) => void };
type Session = {
  waiters: Set<Waiter>;
  /** The shapes it has asked for. */
  shapes: Set<Shape>;
  /** Up to where each of the session's shapes was last answered. */
  answered: Map<Shape, Lsn>;
  /** The last commit that touched any of them. */
  touched: Lsn;
  wokenAt: number;
  timer: NodeJS.Timeout | null;
  seenAt: number;
};

const atMost = 64;
/** Not more often than this a session is woken while commits come thick and fast. */
const breath = 20;
const forgetAfter = 120_000;

/**
 * Readers that wait for changes. A commit that touches one shape of a session answers all of that session's waiting polls,
 * because a client that keeps its shapes consistent holds a commit back until every sibling has reached it.
 */
export class Waiting {
  readonly #sessions = new Map<string, Session>();
  readonly #readers = new Map<Shape, Set<Session>>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** What this session's reader of the shape has been told: all that committed before `lsn`. */
  answered(name: string, shape: Shape, lsn: Lsn): void {
    this.#follow(this.#session(name), shape).answered.set(shape, lsn);
  }

  /** Whether this session holds as many waiting requests as it may. */
  full(name: string): boolean {
    return (this.#sessions.get(name)?.waiters.size ?? 0) >= atMost;
  }

  wait(name: string, shape: Shape, milliseconds: number, signal: AbortSignal): Promise<Woken> {
    const session = this.#session(name);
    if (shape.gone) return Promise.resolve("gone");
    if (signal.aborted) return Promise.resolve("left");
    if (session.waiters.size >= atMost) return Promise.resolve("full");
    // After a restart of the server a desk goes on waiting where it was: nobody has answered it yet.
    this.#follow(session, shape);
    // A sibling's commit went by while this one was between two polls.
    if ((session.answered.get(shape) ?? session.touched) < session.touched) return Promise.resolve("changed");
    return new Promise((resolve) => {
      const wake = (why: Woken) => {
        if (!session.waiters.delete(waiter)) return;
        this.#count--;
        clearTimeout(timer);
        signal.removeEventListener("abort", leave);
        resolve(why);
      };
      const waiter: Waiter = { shape, wake };
      const leave = () => wake("left");
      const timer = setTimeout(() => wake("timeout"), milliseconds);
      signal.addEventListener("abort", leave, { once: true });
      session.waiters.add(waiter);
      this.#count++;
    });
  }

  /** A commit touched these shapes. */
  notify(touched: Shape[], position: Lsn): void {
    const now = Date.now();
    for (const session of new Set(touched.flatMap((shape) => [...(this.#readers.get(shape) ?? [])]))) {
      session.touched = position;
      if (session.timer) continue;
      const rest = session.wokenAt + breath - now;
      if (rest <= 0) this.#wake(session);
      else
        session.timer = setTimeout(() => {
          session.timer = null;
          this.#wake(session);
        }, rest);
    }
  }

  /** The shape is gone: its readers learn it at once. */
  gone(shape: Shape): void {
    for (const session of this.#readers.get(shape) ?? []) {
      session.answered.delete(shape);
      session.shapes.delete(shape);
      for (const waiter of session.waiters) if (waiter.shape === shape) waiter.wake("gone");
    }
    this.#readers.delete(shape);
  }

  /** The server stops: nobody waits any longer. */
  close(): void {
    for (const session of this.#sessions.values()) {
      if (session.timer) clearTimeout(session.timer);
      for (const waiter of session.waiters) waiter.wake("left");
    }
  }

  /** Forgets sessions that have not asked for a while. */
  sweep(now = Date.now()): void {
    for (const [name, session] of this.#sessions) {
      if (session.waiters.size > 0 || session.timer || now - session.seenAt < forgetAfter) continue;
      this.#sessions.delete(name);
      for (const shape of session.shapes) this.#readers.get(shape)?.delete(session);
    }
  }

  #follow(session: Session, shape: Shape): Session {
    session.shapes.add(shape);
    this.#readers.set(shape, (this.#readers.get(shape) ?? new Set()).add(session));
    return session;
  }

  #wake(session: Session): void {
    session.wokenAt = Date.now();
    for (const waiter of session.waiters) waiter.wake("changed");
  }

  #session(name: string): Session {
    const session = this.#sessions.get(name) ?? {
      waiters: new Set(),
      shapes: new Set(),
      answered: new Map(),
      touched: 0n,
      wokenAt: 0,
      timer: null,
      seenAt: 0,
    };
    session.seenAt = Date.now();
    this.#sessions.set(name, session);
    return session;
  }
}
