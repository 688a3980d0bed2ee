import * as fc from "fast-check";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Spool } from "./spool.ts";

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), "careboard-spool-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "pbx.spool");
}
/** What a process that is killed now leaves on the disk, in another place. */
async function killed(spool: Spool, path: string): Promise<string> {
  const next = place();
  cpSync(dirname(path), dirname(next), { recursive: true });
  await spool.close();
  return next;
}
const texts = (lines: readonly string[]) => lines.map((line) => Buffer.from(line));
const never = new AbortController().signal;

test("lines come out in the order they went in, across a restart, and the file is emptied", async () => {
  const before = place();
  const first = await Spool.open(before);
  await Promise.all([first.append(texts(["a", "b"])), first.append(texts(["c"])), first.append([])]);
  expect((await first.peek(2, 100))?.lines.map(String)).toEqual(["a", "b"]);
  await first.advance(4);
  const path = await killed(first, before);
  const second = await Spool.open(path);
  expect((await second.peek(9, 100))?.lines.map(String)).toEqual(["c"]);
  await second.append(texts(["d"]));
  const batch = await second.peek(9, 1);
  expect(batch?.lines.map(String)).toEqual(["c"]);
  await second.advance(4);
  expect(await second.peek(9, 100)).toBe(null);
  await second.close();
  expect(statSync(path).size).toBe(0);
});

test("a line that a crash has cut is left out, and a place that can't be is the beginning", async () => {
  const path = place();
  writeFileSync(path, "a\nb\nhalf");
  writeFileSync(`${path}.position`, "5000");
  const spool = await Spool.open(path);
  await spool.append(texts(["c"]));
  expect((await spool.peek(9, 100))?.lines.map(String)).toEqual(["a", "b", "c"]);
  expect(readFileSync(path, "utf8")).toBe("a\nb\nc\n");
  expect(readFileSync(`${path}.position`, "utf8")).toBe("0");
  await spool.close();
});

test("waiting ends with the next line, and when told to stop", async () => {
  const spool = await Spool.open(place());
  const woken = spool.waiting(never);
  await spool.append(texts(["a"]));
  await woken;
  await spool.advance(2);
  const stop = new AbortController();
  const stopped = spool.waiting(stop.signal);
  stop.abort();
  await stopped;
  expect(spool.backlog).toBe(0);
  await spool.close();
});

type Step = { do: "append"; lines: string[] } | { do: "deliver"; most: number } | { do: "kill" } | { do: "tear" };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant("append" as const),
    lines: fc.array(fc.stringMatching(/^[a-z]{1,30}$/), { maxLength: 5 }),
  }),
  fc.record({ do: fc.constant("deliver" as const), most: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ do: fc.constant("kill" as const) }),
  fc.record({ do: fc.constant("tear" as const) }),
);

test("whatever happens, and killed at any step: every line is delivered once and in order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      let path = place();
      let spool = await Spool.open(path);
      const given: string[] = [];
      const delivered: string[] = [];
      const deliver = async (most: number) => {
        const batch = await spool.peek(most, 16);
        if (!batch) return false;
        delivered.push(...batch.lines.map(String));
        await spool.advance(batch.bytes);
        return true;
      };
      for (const one of steps) {
        if (one.do === "append") {
          await spool.append(texts(one.lines));
          given.push(...one.lines);
        } else if (one.do === "deliver") await deliver(one.most);
        else {
          path = await killed(spool, path);
          if (one.do === "tear") appendFileSync(path, "torn");
          spool = await Spool.open(path);
        }
      }
      while (await deliver(3));
      await spool.close();
      expect(delivered).toEqual(given);
    }),
    { numRuns: 60 },
  );
});
