import { expect, test } from "vitest";
import { createAnswerCache } from "./answer-cache.ts";

test("the same question in the same state is asked once, in another state again", async () => {
  const cache = createAnswerCache();
  let asked = 0;
  const ask = async () => ++asked;
  expect(await Promise.all([cache.get("q", "1", ask), cache.get("q", "1", ask)])).toEqual([1, 1]);
  expect(await cache.get("q", "2", ask)).toBe(2);
  expect(await cache.get("other", "2", ask)).toBe(3);
});

test("a failed answer is not kept", async () => {
  const cache = createAnswerCache();
  await expect(cache.get("q", "1", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await cache.get("q", "1", async () => "yes")).toBe("yes");
});

test("the cache doesn't grow without end", async () => {
  const cache = createAnswerCache();
  for (let i = 0; i < 500; i++) await cache.get(`q${i}`, "1", async () => i);
  let asked = false;
  await cache.get("q0", "1", async () => (asked = true));
  expect(asked).toBe(true);
});
