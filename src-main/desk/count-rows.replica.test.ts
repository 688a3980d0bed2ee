import { expect, test } from "vitest";
import { replicaForTest } from "../replica/test-replica.ts";
import { createRowCounter } from "./count-rows.ts";
import type { HeldReplica } from "./hold-replica.ts";

test("a large table is counted in parts, and a count of the last time does until an exact one is asked for", async () => {
  const open = await replicaForTest();
  const asked: string[] = [];
  const replica = {
    view: open.view,
    rows: async <T>(sql: string) => {
      asked.push(sql);
      return open.rows<T>(sql);
    },
  } as unknown as HeldReplica;
  await open.rows("insert into clinics (id, organization_id, slug, name, time_zone) select gen_random_uuid(), gen_random_uuid(), g::text, repeat('x', 400), 'UTC' from generate_series(1, 45000) g"); // prettier-ignore
  const count = createRowCounter(() => ["clinics", "agents"], () => ({ clinics: 7 })); // prettier-ignore
  expect(await count(replica, false)).toEqual({ clinics: 7, agents: 0 });
  const before = asked.length;
  expect(await count(replica, true)).toEqual({ clinics: 45_000, agents: 0 });
  expect(asked.slice(before).filter((sql) => sql.includes("count(*)")).length).toBeGreaterThan(2);
  expect(await count(replica, false)).toEqual({ clinics: 45_000, agents: 0 });
});
