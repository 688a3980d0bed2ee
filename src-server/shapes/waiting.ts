import type { Lsn } from "./lsn.ts";
import type { Shape } from "./shape.ts";

/** Why a wait ended: changes (its own or a sibling's), the person's access may be another, the time is up, the reader left, the shape is gone. */
export type Woken = "changed" | "recheck" | "timeout" | "left" | "gone" | "full";

/** Who waits. `since` (of `performance.now()`): what the person may see was looked up after this. */
export type Reader = { session: string; user: string; since: number };

type Waiter = { shape: Shape; user: string; wake: (why: Woken) => void };
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
/** A look-up of who may see what takes no longer than this. */
const lookUp = 60_000;

/**
 * Readers that wait for changes. A commit that touches one shape of a session answers all of that session's waiting polls,
 * because a client that keeps its shapes consistent holds a commit back until every sibling has reached it.
 */
export class Waiting {
  readonly #sessions = new Map<string, Session>();
  readonly #readers = new Map<Shape, Set<Session>>();
  /** When a person's access was last said to have changed. */
  readonly #rechecked = new Map<string, number>();
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

  wait(reader: Reader, shape: Shape, milliseconds: number, signal: AbortSignal): Promise<Woken> {
    const session = this.#session(reader.session);
    if (shape.gone) return Promise.resolve("gone");
    if (signal.aborted) return Promise.resolve("left");
    if (session.waiters.size >= atMost) return Promise.resolve("full");
    // It changed between the look-up and now.
    if ((this.#rechecked.get(reader.user) ?? -Infinity) >= reader.since) return Promise.resolve("recheck");
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
      const waiter: Waiter = { shape, user: reader.user, wake };
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

  /** What this person may see may be another now: whoever waits for them looks again at once. */
  recheck(user: string): void {
    this.#rechecked.set(user, performance.now());
    for (const session of this.#sessions.values())
      for (const waiter of session.waiters) if (waiter.user === user) waiter.wake("recheck");
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
    for (const [user, at] of this.#rechecked) if (performance.now() - at > lookUp) this.#rechecked.delete(user);
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
