import { createRouterClient } from "@orpc/server";
import { pino } from "pino";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { load } from "#shared/clinic/fixture/load.ts";
import { id, madeUp } from "#shared/clinic/fixture/made-up.ts";
import { databaseForTest } from "../database/test-database.ts";
import { router } from "../http/router.ts";
import { removeExpired } from "../retention/remove-expired.ts";
import { contextForTest } from "./context-for-test.ts";
import { memberForTest } from "./member-for-test.ts";

const clinicId = id("c", 1);

async function office() {
  const database = await databaseForTest();
  await load(database.system, madeUp(5, 200));
  const as = (role: "clinic_admin" | "manager") =>
    createRouterClient(router, { context: contextForTest(database, memberForTest({ clinic: 1, role })) });
  return { ...database, as };
}

test("the list says what is kept, what is held, and what the next run will remove: exactly that goes", async () => {
  const { as, owner, system } = await office();
  const admin = as("clinic_admin");
  expect((await admin.retention.list({ clinicId })).map((r) => [r.subject, r.days, r.over, r.lastRun])).toEqual([
    ["calls", 2555, 0, null],
    ["rawRecords", 2555, 0, null],
  ]);
  await owner.query("update calls set local_day = local_day - 3650 where call_status = 'voicemail'");
  const [calls] = await admin.retention.list({ clinicId });
  const { rows } = await owner.query<{ held: number; over: number; oldest: string }>(
    `select count(*) as held, count(*) filter (where call_status = 'voicemail') as over, min(local_day)::text as oldest
     from calls where clinic_id = $1`,
    [clinicId],
  );
  expect(calls).toMatchObject(rows[0] ?? {});
  expect(calls?.over).toBeGreaterThan(0);
  await removeExpired(system, Temporal.Now.instant(), pino({ level: "silent" }));
  const [after] = await admin.retention.list({ clinicId });
  expect(after).toMatchObject({
    over: 0,
    held: (calls?.held ?? 0) - (calls?.over ?? 0),
    lastRun: { beforeDay: calls?.keepsFrom, removed: calls?.over },
  });
});

test("a rule is set within its bounds by who may, and counts at once", async () => {
  const { as } = await office();
  const admin = as("clinic_admin");
  expect(await admin.retention.set({ clinicId, subject: "rawRecords", days: 90 })).toEqual({ days: 90 });
  expect(await admin.retention.set({ clinicId, subject: "rawRecords", days: 60 })).toEqual({ days: 60 });
  expect((await admin.retention.list({ clinicId })).map((r) => r.days)).toEqual([2555, 60]);
  for (const days of [29, 36_501, 60.5])
    await expect(admin.retention.set({ clinicId, subject: "calls", days })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  await expect(as("manager").retention.set({ clinicId, subject: "calls", days: 90 })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  await expect(admin.retention.set({ clinicId: id("c", 2), subject: "calls", days: 90 })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});
