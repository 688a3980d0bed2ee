import { expect, test } from "vitest";
import { boundedWork } from "./bounded-work.ts";

/** Work that says when it begins and ends only when it is told to. */
function held() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () => {
    begun.push(name);
    return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
  };
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { begun, work, end };
}

test("no more at once than may run, one a key, in the order in which they came", async () => {
  const run = boundedWork({ running: 2, waiting: 10 });
  const { begun, work, end } = held();
  const all = ["a1", "a2", "b1", "c1"].map((name) => run(name.charAt(0), work(name)));
  await end("none");
  expect(begun).toEqual(["a1", "b1"]);
  await end("b1");
  expect(begun).toEqual(["a1", "b1", "c1"]);
  await end("a1");
  expect(begun).toEqual(["a1", "b1", "c1", "a2"]);
  await end("c1");
  await end("a2");
  expect(await Promise.all(all)).toEqual(["a1", "a2", "b1", "c1"]);
});

test("beyond what may wait the answer is null at once; failed work makes room like any other", async () => {
  const run = boundedWork({ running: 1, waiting: 1 });
  const { work, end } = held();
  const fails = run("a", () => Promise.reject(new Error("failed")));
  const waits = run("b", work("b"));
  expect(await run("c", work("c"))).toBeNull();
  await expect(fails).rejects.toThrow("failed");
  await end("b");
  expect(await waits).toBe("b");
});
