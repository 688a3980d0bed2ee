import { expect, test } from "vitest";
import { inTurn, type Turns } from "./in-turn.ts";

test("one at a time, whoever waits shares the next run, and a failed run stops nobody", async () => {
  const turns: Turns<number> = new Map();
  let runs = 0;
  let atOnce = 0;
  const work = async () => {
    atOnce++;
    expect(atOnce).toBe(1);
    const run = ++runs;
    await new Promise((resolve) => setTimeout(resolve, 1));
    atOnce--;
    if (run === 1) throw new Error("first");
    return run;
  };
  const first = inTurn(turns, "a", work).catch((error: unknown) => (error as Error).message);
  const waiting = [inTurn(turns, "a", work), inTurn(turns, "a", work)];
  expect([await first, ...(await Promise.all(waiting))]).toEqual(["first", 2, 2]);
  expect(await Promise.all([inTurn(turns, "a", work), inTurn(turns, "a", work)])).toEqual([3, 4]);
  expect(turns.size).toBe(0);
});

test("what came before a run began is seen by it", async () => {
  const turns: Turns<number[]> = new Map();
  const stored: number[] = [];
  const work = async () => {
    const seen = [...stored];
    await Promise.resolve();
    return seen;
  };
  const answers = await Promise.all(
    Array.from({ length: 50 }, async (_, i) => {
      stored.push(i);
      for (let wait = 0; wait < i % 5; wait++) await Promise.resolve();
      return (await inTurn(turns, "a", work)).includes(i);
    }),
  );
  expect(answers.every(Boolean)).toBe(true);
});
