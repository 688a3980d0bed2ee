import { expect, onTestFinished, test } from "vitest";
import { callAnalytics } from "#shared/clinic/call-analytics.ts";
import { load } from "#shared/clinic/fixture/load.ts";
import { id, madeUp } from "#shared/clinic/fixture/made-up.ts";
import { expectedAnalytics } from "#shared/clinic/fixture/oracle.ts";
import { analyticsQuestion } from "#shared/contract/reports.ts";
import { databaseForTest } from "../database/test-database.ts";
import { replicaForTest } from "./replica-for-test.ts";

test("beyond 20,000 calls in the range percentiles come from buckets, alike on both engines and close to exact", async () => {
  const world = madeUp(13, 21_000, "2026-09-01", 60);
  const server = await databaseForTest();
  const desk = await replicaForTest();
  onTestFinished(() => desk.lite.close());
  await load(server.system, world, 1000);
  await load(desk.db, world, 1000);
  for (const asked of [
    { groupBy: "queue" },
    { groupBy: "month", agentId: id("a", 1) },
    { groupBy: "callType" },
    { groupBy: "week", locationId: id("b", 1) },
  ]) {
    const question = analyticsQuestion.parse({ startDate: "2026-09-01", endDate: "2026-10-30", ...asked });
    const answer = await callAnalytics(server.system, question);
    expect(await callAnalytics(desk.db, question)).toEqual(answer);
    const exact = expectedAnalytics(world, question);
    // Everything else is the same; a percentile may be off by what a bucket hides: little where there are many calls.
    const without = ({ waitP50: _50, waitP90: _90, ...rest }: (typeof answer)["totals"]) => rest;
    expect(answer.groups.map(without)).toEqual(exact.groups.map(without));
    expect(without(answer.totals)).toEqual(without(exact.totals));
    for (const [told, true_] of [
      [answer.totals, exact.totals] as const,
      ...answer.groups.map((g, i) => [g, exact.groups[i] ?? g] as const),
    ]) {
      const close = told.answered > 1000 ? 0.02 : 0.05;
      expect(Math.abs((told.waitP50 ?? 0) - (true_.waitP50 ?? 0))).toBeLessThanOrEqual(close * (true_.waitP50 ?? 0));
      expect(Math.abs((told.waitP90 ?? 0) - (true_.waitP90 ?? 0))).toBeLessThanOrEqual(close * (true_.waitP90 ?? 0));
    }
  }
  // One clinic has fewer than that in the same days, and is told exactly; so are single hours.
  for (const asked of [{ groupBy: "queue", clinicId: id("c", 1) }, { groupBy: "hour" }]) {
    const question = analyticsQuestion.parse({ startDate: "2026-09-01", endDate: "2026-10-30", ...asked });
    expect(await callAnalytics(desk.db, question)).toEqual(expectedAnalytics(world, question));
  }
});
