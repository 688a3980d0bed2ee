import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { must } from "#shared/kit/must.ts";
import { callRow, clinicId } from "../sync/test-rows.ts";
import { deskForTest, live, refusal, serverForTest, soon } from "./test-desk.ts";

test("a contact says what the desk is and holds; the counter it is given is on the disk before the next", async () => {
  const server = await serverForTest();
  server.insert("calls", callRow());
  const desk = await deskForTest(server.url);
  await desk.signIn();
  await desk.until(live);
  await expect.poll(() => server.contacts.at(-1)?.held["calls"], soon).toBe(1);
  // Before the first row was fetched, at once again to acknowledge its counter, and when all of them were.
  expect(server.contacts[0]).toMatchObject({ counter: 0, older: false, held: { calls: 0 } });
  expect(server.contacts.map((c) => c.counter)).toEqual(server.contacts.map((_, n) => n));
  expect(server.contacts.at(-1)).toMatchObject({ held: { calls: 1, clinics: 1 } });
  // What this desk adds up itself is no row that it was given.
  expect(server.contacts.at(-1)?.held).not.toHaveProperty("calls_by_hour");
  await desk.close();
  const before = server.contacts.length;
  const again = await deskForTest(server.url, { home: desk.home });
  await again.signIn();
  await expect.poll(() => server.contacts.length, soon).toBeGreaterThan(before);
  expect(server.contacts[before]).toMatchObject({
    counter: before,
    replica: server.contacts[0]?.replica,
    older: false,
  });
});

test("an older copy of the folder put back is noticed at the next contact, erased and fetched anew", async () => {
  const server = await serverForTest();
  server.insert("calls", callRow());
  const desk = await deskForTest(server.url);
  await desk.signIn();
  await desk.until(live);
  await desk.close();
  const folder = join(desk.home, "replicas", server.people["ann"]?.id ?? "");
  const copy = join(desk.home, "copy");
  cpSync(folder, copy, { recursive: true });
  const between = await deskForTest(server.url, { home: desk.home });
  const copied = server.contacts.length;
  await between.signIn();
  // The shortest of visits is enough: the first contact's counter is acknowledged right after it.
  await expect.poll(() => server.contacts.length, soon).toBeGreaterThan(copied + 1);
  await between.close();
  // The session is that of now: a copy of it would be refused by its token already.
  rmSync(join(folder, "data"), { recursive: true });
  cpSync(join(copy, "data"), join(folder, "data"), { recursive: true });
  server.asked.length = 0;
  const again = await deskForTest(server.url, { home: desk.home });
  await again.signIn();
  await again.until((s) => live(s) && s.notices.length > 0);
  expect(server.contacts.some((c) => c.older)).toBe(true);
  expect(server.contacts.at(-1)?.older).toBe(false);
  expect(server.asked.filter((a) => a.startsWith("calls -1"))).toHaveLength(1);
  const { notices } = await again.status();
  expect(notices).toMatchObject([{ kind: "older", removed: { calls: 1 } }]);
  await expect.poll(() => server.receipts, soon).toMatchObject([{ reason: "older" }]);
  expect(await again.client.desk.acknowledge({ id: must(notices[0], "a notice").id })).toEqual({ left: 0 });
  await again.until((s) => s.notices.length === 0);
  expect((await again.client.calls.list({})).records).toHaveLength(1);
});

test("access is changed: when the rows have left, the person reads how many and why, and the server has a receipt", async () => {
  const server = await serverForTest();
  const [stays, goes] = [callRow(), callRow()];
  server.insert("calls", stays, goes);
  const desk = await deskForTest(server.url);
  await desk.signIn();
  await desk.until(live);
  await expect.poll(() => server.contacts.at(-1)?.held["calls"], soon).toBeGreaterThan(0);
  // A supervisor of one location from now on: one call fewer.
  const ann = must(server.people["ann"], "ann");
  ann.roles = [{ clinicId, role: "supervisor", agentId: null, locationIds: [clinicId] }];
  server.change({ kind: "roleChanged", clinicName: "North", detail: { from: "clinic_admin", to: "supervisor" } });
  server.entitle("calls", (row) => row.id === stays.id);
  await desk.until((s) => s.notices.length > 0);
  expect(await desk.status()).toMatchObject({
    state: "live",
    person: { roles: [{ role: "supervisor" }] },
    notices: [{ kind: "accessChanged", removed: { calls: 1 }, changes: [{ id: "1", kind: "roleChanged" }] }],
  });
  await expect
    .poll(() => server.receipts, soon)
    .toMatchObject([{ reason: "accessChanged", changes: ["1"], removed: { calls: 1 } }]);
  expect((await desk.client.calls.list({})).records).toHaveLength(1);
  await desk.close();
  // Told once.
  const again = await deskForTest(server.url, { home: desk.home });
  await again.signIn();
  await again.until(live);
  expect((await again.status()).notices).toHaveLength(1);
  expect(server.receipts).toHaveLength(1);
});

test("demoted while offline: the rows leave at the next contact, and what the role doesn't show is refused here too", async () => {
  const server = await serverForTest();
  server.insert("calls", callRow(), callRow());
  const desk = await deskForTest(server.url);
  await desk.signIn();
  await desk.until(live);
  await expect.poll(() => server.contacts.at(-1)?.held["calls"], soon).toBeGreaterThan(0);
  await desk.close();
  const ann = must(server.people["ann"], "ann");
  ann.roles = [{ clinicId, role: "provider", agentId: null, locationIds: [] }];
  server.change({ kind: "roleChanged", clinicName: "North", detail: { from: "clinic_admin", to: "provider" } });
  server.rows("calls").clear();
  server.rotate("calls");
  const again = await deskForTest(server.url, { home: desk.home });
  await again.signIn();
  await again.until((s) => live(s) && s.notices.length > 0);
  expect((await again.status()).notices).toMatchObject([{ kind: "accessChanged", removed: { calls: 2 } }]);
  expect(await refusal(again.client.calls.list({}))).toMatchObject({ code: "FORBIDDEN" });
  expect(await refusal(again.client.calls.list({ clinicId: server.people["bob"]?.id }))).toMatchObject({
    code: "NOT_FOUND",
  });
  await expect
    .poll(() => server.events.filter((e) => e.action === "refused").map((e) => e.subject), soon)
    .toEqual(["calls.list", "calls.list"]);
});

test("a damaged replica is erased and fetched anew by itself, with a notice and a receipt", async () => {
  const server = await serverForTest();
  server.insert("calls", callRow());
  const desk = await deskForTest(server.url);
  await desk.signIn();
  await desk.until(live);
  await expect.poll(() => server.contacts.at(-1)?.held["calls"], soon).toBeGreaterThan(0);
  await desk.close();
  const data = join(desk.home, "replicas", server.people["ann"]?.id ?? "", "data");
  const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
  const control = must(files.find((f) => f.name === "pg_control"), "pg_control"); // prettier-ignore
  const path = join(control.parentPath, control.name);
  const bytes = readFileSync(path);
  bytes[700] = (bytes[700] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  truncateSync(path, 900);
  const again = await deskForTest(server.url, { home: desk.home });
  await again.signIn();
  await again.until((s) => live(s) && s.notices.length > 0);
  expect((await again.status()).notices).toMatchObject([{ kind: "damaged", removed: { calls: 1 } }]);
  await expect.poll(() => server.receipts, soon).toMatchObject([{ reason: "damaged", removed: { calls: 1 } }]);
  expect((await again.client.calls.list({})).records).toHaveLength(1);
});

test("what is looked at is written down without numbers or what was searched for, offline too, and delivered once", async () => {
  const server = await serverForTest();
  const row = callRow();
  server.insert("calls", row);
  const desk = await deskForTest(server.url);
  await desk.signIn();
  await desk.until(live);
  server.cut(true);
  await desk.until((s) => s.state === "offline");
  for (let i = 0; i < 3; i++) {
    await desk.client.calls.one({ id: row.id ?? "" });
    await desk.client.calls.list({ search: "5550123", startDate: "2026-11-01" });
  }
  await desk.client.desk.note({ action: "export", subject: "calls", subjectId: null, clinicId, detail: { rows: 1 } });
  await desk.client.desk.lock();
  await refusal(desk.client.desk.unlock({ password: "wrong" }));
  await desk.client.desk.unlock({ password: "right" });
  await desk.until((s) => s.waiting === 6);
  await desk.close();
  const again = await deskForTest(server.url, { home: desk.home });
  await again.signIn();
  expect((await again.status()).waiting).toBe(6);
  server.cut(false);
  await again.client.desk.reconnect();
  await again.until((s) => s.waiting === 0);
  expect(server.events.map((e) => [e.action, e.subject, e.subjectId])).toEqual([
    ["view", "calls.one", row.id],
    ["view", "calls.list", null],
    ["export", "calls", null],
    ["desk", "lock", null],
    ["desk", "unlockRefused", null],
    ["desk", "unlock", null],
  ]);
  expect(server.events[1]).toMatchObject({ clinicId, detail: { rows: 1, searched: true, startDate: "2026-11-01" } });
  expect(JSON.stringify(server.events)).not.toContain("5550123");
});
