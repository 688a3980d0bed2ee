import { setTimeout as sleep } from "node:timers/promises";
import * as fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { replicaFolder, replicaForTest } from "../replica/test-replica.ts";
import { callRow, deskShapes } from "./test-rows.ts";
import { testShapeServer } from "./test-shape-server.ts";

const which = fc.nat(11);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("insert" as const), which, wait: fc.nat(90) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("update" as const), which, wait: fc.nat(90) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("remove" as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("rotate" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("entitle" as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("spoil" as const), how: fc.constantFrom("cut" as const, 500, 429, null) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("retry" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("follow" as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("pause" as const), milliseconds: fc.nat(40) }) },
);

test("SPEC 2 to 8 and 13: whatever is cut, given up, asked twice, taken away or fetched anew, the replica ends equal to the source", async () => {
  const replica = await replicaForTest(await replicaFolder());
  const server = await testShapeServer({ chunk: 3, longPoll: 200 });
  onTestFinished(() => server.close());
  const ids = Array.from({ length: 12 }, (_, i) => `${i.toString(16).repeat(8)}-0000-4000-8000-000000000000`);
  const id = (n: number) => ids[n] ?? "";

  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      for (const s of steps)
        switch (s.do) {
          case "insert":
            if (!server.rows("calls").has(id(s.which)))
              server.insert("calls", callRow({ id: id(s.which), wait_seconds: String(s.wait) }));
            break;
          case "update":
            if (server.rows("calls").has(id(s.which)))
              server.update("calls", id(s.which), { wait_seconds: String(s.wait), local_hour: String(s.wait % 24) });
            break;
          case "remove":
            if (server.rows("calls").has(id(s.which))) server.remove("calls", id(s.which));
            break;
          case "entitle":
            server.entitle("calls", (row) => row.id !== id(s.which));
            break;
          case "rotate":
            server.rotate("calls");
            break;
          case "spoil":
            server.spoil(s.how);
            break;
          case "retry":
            replica.retry();
            break;
          case "follow":
            replica.follow(server.url, "token", deskShapes);
            break;
          case "pause":
            await sleep(s.milliseconds);
        }
      server.spoil(null);
      replica.follow(server.url, "token", deskShapes);
      const source = [...server.rows("calls").values()]
        .map((r) => ({ id: r.id, wait: Number(r.wait_seconds), hour: Number(r.local_hour) }))
        .sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
      await expect
        .poll(() => replica.rows("select id, wait_seconds as wait, local_hour as hour from calls order by id"), {
          timeout: 20_000,
        })
        .toEqual(source);
      await replica.until((v) => v.event === "upToDate");
      // What is summed beside the rows is what they come to.
      expect(
        await replica.rows(
          "select coalesce(sum(calls), 0)::int as n, coalesce(sum(wait_sum), 0)::int as wait from calls_by_agent",
        ),
      ).toEqual([{ n: source.length, wait: source.reduce((sum, r) => sum + r.wait, 0) }]);
    }),
    { numRuns: 25, endOnFailure: true },
  );
  expect(replica.problems).toEqual([]);
});
