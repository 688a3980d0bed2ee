import { expect, test } from "vitest";
import { SeenLately } from "./seen-lately.ts";

function counted(most?: number) {
  const clock = { now: 0 };
  const done: string[] = [];
  const lately = new SeenLately(60_000, most, () => clock.now);
  const once = (key: string) => lately.once(key, async (repeated) => void done.push(`${key}${repeated || ""}`));
  return { clock, done, lately, once };
}

test("the same within a minute is done once, and the next time is told how often it was left out", async () => {
  const { clock, done, once } = counted();
  for (const at of [0, 1, 59_999, 60_000, 60_001, 200_000]) {
    clock.now = at;
    await once("a");
  }
  expect(done).toEqual(["a", "a2", "a1"]);
});

test("others are not held up by it, and the oldest is forgotten where there is no more room", async () => {
  const { done, once } = counted(2);
  for (const key of ["a", "b", "a", "c", "b", "a"]) await once(key);
  expect(done).toEqual(["a", "b", "c", "a"]);
});

test("who asks while the first is under way waits for it, and shares its failure; what failed is done again", async () => {
  const { lately } = counted();
  const { promise, reject } = Promise.withResolvers<void>();
  let begun = 0;
  const first = lately.once("a", () => (begun++, promise));
  const second = lately.once("a", () => (begun++, promise));
  reject(new Error("disk full"));
  await expect(first).rejects.toThrow("disk full");
  await expect(second).rejects.toThrow("disk full");
  await lately.once("a", async () => void begun++);
  expect(begun).toBe(2);
});
