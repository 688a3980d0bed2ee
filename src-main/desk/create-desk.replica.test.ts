import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { callRow, clinicId } from "../sync/test-rows.ts";
import { deskForTest, live, refusal, serverForTest, soon } from "./test-desk.ts";

test("signed out, questions are refused; a wrong password gives the server's words; signed in, the replica answers", async () => {
  const server = await serverForTest();
  server.insert("calls", callRow());
  const desk = await deskForTest(server.url);
  await desk.until((s) => s.state === "signedOut");
  expect(await refusal(desk.client.clinics.list())).toMatchObject({ code: "UNAUTHORIZED" });
  expect(await refusal(desk.client.calls.rawLines({ id: clinicId }))).toMatchObject({ code: "UNAUTHORIZED" });
  expect(await refusal(desk.client.desk.signIn({ email: "ann@north.example", password: "wrong" }))).toEqual({
    code: "UNAUTHORIZED",
    message: "E-mail address and password don't match.",
  });
  expect(await desk.signIn()).toEqual({ step: "open", person: server.people.ann });
  await desk.until(live);
  expect(desk.statuses.map((s) => s.state).filter((s, i, all) => s !== all[i - 1])).toEqual([
    "signedOut",
    "opening",
    "syncing",
    "live",
  ]);
  expect((await desk.client.clinics.list()).map((c) => c.slug)).toEqual(["north"]);
  expect((await desk.client.calls.list({})).records).toHaveLength(1);
  expect(await desk.client.calls.rawLines({ id: clinicId })).toHaveLength(1);
  expect(await desk.client.session.current()).toEqual(server.people.ann);
});

test("a desk that starts without the server opens the same person's replica and says since when", async () => {
  const server = await serverForTest();
  server.insert("calls", callRow());
  const first = await deskForTest(server.url);
  await first.signIn();
  await first.until(live);
  await first.close();
  await server.close();
  const again = await deskForTest(server.url, { home: first.home });
  expect(await again.signIn()).toEqual({ step: "open", person: server.people.ann });
  await again.until((s) => s.state === "offline");
  expect(await again.status()).toMatchObject({
    person: server.people.ann,
    usable: true,
    asOf: expect.any(String),
    since: expect.any(String),
  });
  expect((await again.client.calls.list({})).records).toHaveLength(1);
  expect(await refusal(again.client.calls.rawLines({ id: clinicId }))).toMatchObject({
    code: "SERVICE_UNAVAILABLE",
    message: expect.stringContaining("connect"),
  });
  expect(await refusal(again.signIn("bob"))).toMatchObject({
    code: "SERVICE_UNAVAILABLE",
  });
  expect((await again.status()).person).toEqual(server.people.ann);
});

test("a session the server ended is refused, its data stay, and the same person goes on without fetching again", async () => {
  const server = await serverForTest();
  server.insert("calls", callRow());
  const desk = await deskForTest(server.url);
  await desk.signIn();
  await desk.until(live);
  server.end("ann", "expired");
  await desk.until((s) => s.state === "refused");
  expect(await refusal(desk.client.calls.rawLines({ id: clinicId }))).toMatchObject({ code: "UNAUTHORIZED" });
  expect((await desk.client.calls.list({})).records).toHaveLength(1);
  server.asked.length = 0;
  await desk.signIn();
  await desk.until(live);
  expect(server.asked.filter((a) => a.includes(" -1 "))).toEqual([]);
});

test("signed out, nothing is left to see; another person has another replica", async () => {
  const server = await serverForTest();
  server.insert("calls", callRow());
  const desk = await deskForTest(server.url);
  await desk.signIn();
  await desk.until(live);
  expect(await desk.client.desk.signOut()).toEqual({ ended: true });
  expect(await desk.status()).toMatchObject({ state: "signedOut", person: null, usable: false, asOf: null });
  expect(await refusal(desk.client.calls.list({}))).toMatchObject({ code: "UNAUTHORIZED" });
  await expect.poll(() => server.said, soon).toContain("signOut ann");
  await desk.signIn("bob");
  await desk.until(live);
  expect(new Set(readdirSync(join(desk.home, "replicas")))).toEqual(
    new Set([server.people.ann?.id, server.people.bob?.id]),
  );
});

test("a changed call changes the answer that several windows share", async () => {
  const server = await serverForTest();
  const row = callRow();
  server.insert("calls", row);
  const desk = await deskForTest(server.url);
  await desk.signIn();
  await desk.until(live);
  const question = { startDate: "2026-11-20", endDate: "2026-11-20" };
  expect((await desk.client.reports.callAnalytics(question)).totals.offered).toBe(1);
  const { revision } = await desk.status();
  server.insert("calls", callRow());
  await desk.until((s) => s.revision.calls > revision.calls);
  expect((await desk.client.reports.callAnalytics(question)).totals.offered).toBe(2);
});
