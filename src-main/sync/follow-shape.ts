import { setTimeout as sleep } from "node:timers/promises";
import type { ShapeName } from "#shared/contract/sync.ts";
import { backOff } from "#shared/sync/back-off.ts";
import { after, type Position } from "#shared/sync/position.ts";
import { type ShapeEvent, type ShapePhase, shapePhases } from "#shared/sync/shape-phase.ts";
import type { Applier } from "./applier.ts";
import { type Answer, askShape, countOf } from "./ask-shape.ts";
import { type ReadAhead, readAhead } from "./read-ahead.ts";
import type { Refusal } from "./sync-view.ts";

type Options = {
  server: string;
  /** The newest one. */
  token: () => string;
  shape: ShapeName;
  applier: Applier;
  /** `refusal` while the server refuses. */
  onPhase: (phase: ShapePhase, said: string | null, refusal: Refusal | null) => void;
};

export type Following = {
  phase: () => ShapePhase;
  /** Gives up whatever is waited for and asks at once. */
  retry: () => void;
  /** There is a newer token: whoever was refused with the last one asks at once, everything else goes on. */
  retoken: () => void;
  /** Resolves when nothing of the shape is being written any more. Rejects with what the replica could not bear. */
  stop: () => Promise<void>;
  done: Promise<void>;
};

/** Null: what is read ahead has come to its end. */
type Asked = { attempt: AbortController; token: string; answer: Promise<Answer | null> };

/** Follows one shape until it is stopped: asks, applies, asks again. Rejects only when the replica itself fails. */
export function followShape({ server, token, shape, applier, onPhase }: Options): Following {
  const end = new AbortController();
  let phase: ShapePhase = "fetching";
  let tries = 0;
  let cursor: string | null = null;
  let attempt = new AbortController();
  let reader: ReadAhead | null = null;
  // A reader that gave nothing at all (its thread could not be started, say) is not tried again.
  let readers = true;
  // What the reader was refused is asked once more here: its request may be older than the token.
  let direct = false;
  end.signal.addEventListener("abort", () => reader?.stop());

  const move = (event: ShapeEvent, said: string | null = null, refusal: Refusal | null = null) => {
    phase = shapePhases[phase][event];
    onPhase(phase, said, refusal);
  };
  const ask = (at: Position, live: boolean): Asked => {
    const signal = AbortSignal.any([end.signal, attempt.signal]);
    const mine = token();
    return {
      attempt,
      token: mine,
      answer: askShape({ server, token: mine, shape, at, live: live ? { cursor } : null, encode: null, signal }),
    };
  };
  /** A first snapshot of more than a few rows is read ahead in a thread of its own. */
  const readerFrom = (at: Position): ReadAhead | null => {
    const known = shape === "calls" ? applier.encodable(shape) : null;
    return known && readAhead({ server, token: token(), shape, at, known: [...known] });
  };

  const read = (reader: ReadAhead): Asked => ({ attempt, token: token(), answer: reader.next() });

  async function run(): Promise<void> {
    let ahead: Asked | null = null;
    while (!end.signal.aborted) {
      if (!ahead && phase !== "live" && readers && !direct) reader ??= readerFrom(applier.held(shape).position);
      const asked: Asked = ahead ?? (reader ? read(reader) : ask(applier.held(shape).position, phase === "live"));
      ahead = null;
      const answer = await asked.answer;
      if (end.signal.aborted) return;
      // The snapshot is through: the rest is asked for here.
      if (answer === null) {
        readers &&= (reader?.given ?? 0) > 0;
        reader = null;
        continue;
      }
      const fromReader = reader !== null;
      // A person asked meanwhile: this request was given up, whatever came of it.
      if (asked.attempt !== attempt || answer.kind !== "messages") {
        reader?.stop();
        reader = null;
      }
      if (asked.attempt !== attempt) continue;
      switch (answer.kind) {
        case "messages": {
          tries = 0;
          direct = false;
          // More rows at once cost less a row; and while they are written, the server makes the next.
          const answers = [answer];
          let rows = countOf(answer);
          for (let last = answer; !last.upToDate;) {
            if (reader && rows >= applier.appetite(shape)) break;
            ahead = reader ? read(reader) : ask(after(applier.held(shape).position, last), false);
            if (rows >= applier.appetite(shape)) break;
            const next = await ahead.answer;
            if (next?.kind !== "messages") break;
            answers.push(next);
            rows += countOf(next);
            last = next;
            ahead = null;
          }
          await applier.apply(shape, answers, () => end.signal.aborted);
          const newest = answers.at(-1) ?? answer;
          cursor = newest.cursor;
          move(newest.upToDate ? "upToDate" : "chunk");
          break;
        }
        case "mustRefetch":
          await applier.restart(shape, answer.successor, answer.access);
          move("mustRefetch");
          break;
        case "refused":
          // The token was renewed meanwhile: that one is to be refused first.
          direct = fromReader;
          if (fromReader || asked.token !== token()) break;
          move("refused", answer.message, answer.refusal);
          return pause(null);
        case "unreachable":
        case "invalid":
          tries++;
          move(answer.kind, answer.message);
          await pause(Math.max(backOff(tries, Math.random()), answer.kind === "invalid" ? 20_000 : answer.retryAfter));
      }
    }
  }

  /** Waits so long, or (null) for as long as nobody asks. */
  async function pause(milliseconds: number | null): Promise<void> {
    const woken = AbortSignal.any([end.signal, attempt.signal]);
    // A timer can't wait for ever; a day is long enough to be asked again by then.
    await sleep(milliseconds ?? 86_400_000, undefined, { signal: woken, ref: false }).catch(() => {});
    if (end.signal.aborted) return;
    move("retry");
    if (milliseconds === null) return run();
  }

  const retry = () => {
    attempt.abort();
    reader?.stop();
    attempt = new AbortController();
    if (phase === "live") move("retry");
  };
  const done = run();
  return {
    phase: () => phase,
    retry,
    retoken: () => {
      reader?.retoken(token());
      if (phase === "refused") retry();
    },
    stop: async () => {
      end.abort();
      await done.catch(() => {});
    },
    done,
  };
}
