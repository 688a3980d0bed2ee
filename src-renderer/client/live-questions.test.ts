import { ORPCError } from "@orpc/client";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import type { DeskStatus } from "#shared/contract/desk-contract.ts";
import type { DeskView } from "./desk-status-store.ts";
import { LiveQuestions } from "./live-questions.ts";
import type { Live } from "./live-question.ts";
import { statusWith } from "./test-desk.ts";

// 12:00:30, half a minute before a full one.
beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 10, 20, 12, 0, 30) }));
afterEach(() => void vi.useRealTimers());

const person = (id: string) => ({ id }) as unknown as DeskStatus["person"];
const revision = (calls: number) => ({ calls }) as DeskStatus["revision"];

function setUp() {
  const view = createStore<DeskView>(() => ({ status: statusWith(), link: { kind: "open", opened: 1 } }));
  const ends = new AbortController();
  const live = new LiveQuestions(view, ends.signal);
  const under: { answer: (value: string) => void; refuse: (error: unknown) => void; signal: AbortSignal }[] = [];
  const ask = (signal: AbortSignal) =>
    new Promise<string>((answer, refuse) => {
      under.push({ answer, refuse, signal });
    });
  const say = (change: Partial<DeskStatus>) => view.setState({ status: statusWith(change) });
  const watch = (key = "calls", everyMinute = false) => {
    const question = live.of(key, ask, ["calls"], everyMinute);
    const seen: Live<string>[] = [];
    const leave = question.subscribe(() => seen.push(question.snapshot()));
    return { question, seen, leave };
  };
  /** Settles the asking under way and lets every timer of the next half second run. */
  const answer = async (value: string) => {
    under.at(-1)?.answer(value);
    await vi.advanceTimersByTimeAsync(500);
  };
  return { view, ends, live, under, say, watch, answer };
}

describe("a question", () => {
  test("is asked when somebody looks, and again when its table moves", async () => {
    const { under, say, watch, answer } = setUp();
    const { question } = watch();
    expect(question.snapshot()).toEqual({ data: undefined, error: null, stale: false, loading: true });
    await vi.advanceTimersByTimeAsync(0);
    expect(under).toHaveLength(1);
    await answer("one");
    expect(question.snapshot()).toEqual({ data: "one", error: null, stale: false, loading: false });
    say({ revision: revision(1) });
    await vi.advanceTimersByTimeAsync(149);
    expect(under).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(under).toHaveLength(2);
    expect(question.snapshot().data).toBe("one");
    await answer("two");
    expect(question.snapshot().data).toBe("two");
  });

  test("isn't asked again for another table's rows", async () => {
    const { under, say, watch, answer } = setUp();
    watch();
    await answer("one");
    await answer("one");
    say({ revision: { queues: 7 } as DeskStatus["revision"] });
    await vi.advanceTimersByTimeAsync(1000);
    expect(under).toHaveLength(1);
  });

  test("is asked once for many small batches, and once more for what came during the asking", async () => {
    const { under, say, watch, answer } = setUp();
    watch();
    await vi.advanceTimersByTimeAsync(0);
    for (let batch = 1; batch <= 20; batch += 1) say({ revision: revision(batch) });
    await vi.advanceTimersByTimeAsync(200);
    expect(under).toHaveLength(1);
    await answer("one");
    expect(under).toHaveLength(2);
  });

  test("keeps moving under rows that never rest", async () => {
    const { under, say, watch, answer } = setUp();
    watch();
    await vi.advanceTimersByTimeAsync(0);
    await answer("first");
    for (let batch = 1; batch <= 40; batch += 1) {
      say({ revision: revision(batch) });
      await vi.advanceTimersByTimeAsync(50);
      under.at(-1)?.answer(String(batch));
    }
    expect(under.length).toBeGreaterThan(5);
  });

  test("keeps its answer beside the reason why there is no newer one", async () => {
    const { under, say, watch, answer } = setUp();
    const { question } = watch();
    await vi.advanceTimersByTimeAsync(0);
    await answer("one");
    say({ revision: revision(1) });
    await vi.advanceTimersByTimeAsync(200);
    under.at(-1)?.refuse(new ORPCError("FORBIDDEN", { message: "Ask an administrator for the right to see this." }));
    await vi.advanceTimersByTimeAsync(0);
    expect(question.snapshot()).toMatchObject({
      data: "one",
      stale: true,
      loading: false,
      error: { code: "FORBIDDEN" },
    });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(under).toHaveLength(2);
    question.again();
    await vi.advanceTimersByTimeAsync(0);
    await answer("two");
    expect(question.snapshot()).toEqual({ data: "two", error: null, stale: false, loading: false });
  });

  test("is asked at each full minute where the clock moves its answer, and only there", async () => {
    const { under, watch, answer } = setUp();
    watch("clock", true);
    await vi.advanceTimersByTimeAsync(0);
    await answer("12:00");
    watch("calls");
    await vi.advanceTimersByTimeAsync(0);
    await answer("one");
    expect(under).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(under).toHaveLength(3);
    await answer("12:01");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(under).toHaveLength(4);
  });

  test("is given up when nobody looks any more, but not for a moment's absence", async () => {
    const { under, live, watch } = setUp();
    const { leave } = watch();
    await vi.advanceTimersByTimeAsync(0);
    leave();
    const { leave: leaveAgain } = watch();
    await vi.advanceTimersByTimeAsync(10);
    expect(under[0]?.signal.aborted).toBe(false);
    leaveAgain();
    await vi.advanceTimersByTimeAsync(10);
    expect(under[0]?.signal.aborted).toBe(true);
    under[0]?.answer("late");
    await vi.advanceTimersByTimeAsync(0);
    expect(live.of("calls", async () => "", ["calls"], false).snapshot().data).toBeUndefined();
    watch();
    await vi.advanceTimersByTimeAsync(0);
    expect(under).toHaveLength(2);
  });

  test("one comes back to is painted at once, and asked again only if something moved", async () => {
    const { under, say, watch, answer } = setUp();
    const { leave } = watch();
    await vi.advanceTimersByTimeAsync(0);
    await answer("one");
    leave();
    await vi.advanceTimersByTimeAsync(1000);
    const second = watch();
    await vi.advanceTimersByTimeAsync(1000);
    expect(second.question.snapshot().data).toBe("one");
    expect(under).toHaveLength(1);
    second.leave();
    say({ revision: revision(1) });
    await vi.advanceTimersByTimeAsync(1000);
    expect(under).toHaveLength(1);
    watch();
    await vi.advanceTimersByTimeAsync(0);
    expect(under).toHaveLength(2);
  });
});

describe("the surroundings", () => {
  test("a lost link makes answers stale, and a link that is back asks them again", async () => {
    const { under, view, watch, answer } = setUp();
    const { question } = watch();
    await vi.advanceTimersByTimeAsync(0);
    await answer("one");
    view.setState({ link: { kind: "lost", retryAt: 0 } });
    await vi.advanceTimersByTimeAsync(1000);
    expect(question.snapshot()).toMatchObject({ data: "one", stale: true });
    expect(under).toHaveLength(1);
    view.setState({ link: { kind: "open", opened: 2 } });
    await vi.advanceTimersByTimeAsync(200);
    await answer("two");
    expect(question.snapshot()).toMatchObject({ data: "two", stale: false });
  });

  test("another person sees nothing of the one before, not even an answer under way", async () => {
    const { under, say, watch, answer } = setUp();
    say({ person: person("ada") });
    const { question, seen } = watch();
    await vi.advanceTimersByTimeAsync(0);
    await answer("ada's");
    say({ person: person("ada"), revision: revision(1) });
    await vi.advanceTimersByTimeAsync(200);
    say({ person: person("bob"), revision: revision(1) });
    expect(question.snapshot()).toEqual({ data: undefined, error: null, stale: false, loading: true });
    expect(under.at(-1)?.signal.aborted).toBe(true);
    const before = seen.length;
    under.at(-1)?.answer("ada's too");
    await vi.advanceTimersByTimeAsync(200);
    await answer("bob's");
    expect(seen.slice(before).map(({ data }) => data)).toEqual(["bob's"]);
  });

  test("a lock throws answers away, and the same person asks anew", async () => {
    const { say, watch, answer } = setUp();
    say({ person: person("ada") });
    const { question } = watch();
    await vi.advanceTimersByTimeAsync(0);
    await answer("before");
    say({
      person: person("ada"),
      door: { kind: "locked", why: "idle", since: "2026-11-20T12:00:30Z", means: "password" },
    });
    expect(question.snapshot().data).toBeUndefined();
    say({ person: person("ada") });
    await vi.advanceTimersByTimeAsync(200);
    await answer("after");
    expect(question.snapshot().data).toBe("after");
  });

  test("verbs of the server are asked again once the server is there again", async () => {
    const { under, say, watch, answer } = setUp();
    watch();
    await vi.advanceTimersByTimeAsync(0);
    await answer("one");
    say({ state: "offline" });
    await vi.advanceTimersByTimeAsync(200);
    await answer("two");
    const before = under.length;
    say({ state: "live" });
    await vi.advanceTimersByTimeAsync(200);
    expect(under).toHaveLength(before + 1);
  });
});

test("whatever happens, one asking is under way at most, and the last answer is of the last revision", async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant("move" as const) }),
    fc.record({ kind: fc.constant("pass" as const), ms: fc.integer({ min: 0, max: 400 }) }),
    fc.record({ kind: fc.constant("answer" as const) }),
    fc.record({ kind: fc.constant("refuse" as const) }),
    fc.record({ kind: fc.constant("cut" as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { view, ends, live, under, say } = setUp();
      let open = 0;
      let most = 0;
      let calls = 0;
      let opened = 1;
      const question = live.of(
        "calls",
        async (signal) => {
          const at = calls;
          open += 1;
          most = Math.max(most, open);
          try {
            await new Promise<string>((answer, refuse) => under.push({ answer, refuse, signal }));
          } finally {
            open -= 1;
          }
          return at;
        },
        ["calls"],
        false,
      );
      const leave = question.subscribe(() => {});
      for (const step of steps) {
        if (step.kind === "move") say({ revision: revision((calls += 1)) });
        if (step.kind === "answer") under.at(-1)?.answer("");
        if (step.kind === "refuse") under.at(-1)?.refuse(new ORPCError("SERVICE_UNAVAILABLE"));
        if (step.kind === "cut") {
          view.setState({ link: { kind: "lost", retryAt: 0 } });
          view.setState({ link: { kind: "open", opened: (opened += 1) } });
        }
        await vi.advanceTimersByTimeAsync(step.kind === "pass" ? step.ms : 0);
      }
      say({ revision: revision((calls += 1)) });
      for (let round = 0; round < 4; round += 1) {
        await vi.advanceTimersByTimeAsync(20_000);
        under.at(-1)?.answer("");
      }
      await vi.advanceTimersByTimeAsync(0);
      expect(most).toBe(1);
      expect(question.snapshot()).toEqual({ data: calls, error: null, stale: false, loading: false });
      leave();
      ends.abort();
    }),
    { numRuns: 60 },
  );
});
