import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { callRow } from "../sync/test-rows.ts";
import { deskForTest, live, refusal, serverForTest, soon } from "./test-desk.ts";

const hour = 3_600_000;
const day = 24 * hour;

test("idle for as long as the clinic allows, the desk locks; sync goes on, and the password opens it without a network", async () => {
  const server = await serverForTest();
  server.terms.idleMinutes = 2;
  let now = Date.now();
  const desk = await deskForTest(server.url, { now: () => now });
  await desk.signIn();
  await desk.until(live);
  expect(await desk.status()).toMatchObject({ idleMinutes: 2, door: { kind: "open" } });
  now += 110_000;
  expect(await desk.client.desk.touched()).toEqual({ open: true });
  now += 110_000;
  expect(await desk.door()).toEqual({ kind: "open" });
  now += 10_000;
  await desk.until((s) => s.door.kind === "locked");
  expect(await desk.door()).toMatchObject({ why: "idle", means: "password" });
  expect(await desk.client.desk.touched()).toEqual({ open: false });
  for (const verb of [
    desk.client.calls.list({}),
    desk.client.clinics.list(),
    desk.client.session.current(),
    desk.client.desk.note({ action: "export", subject: "calls", subjectId: null, clinicId: null, detail: {} }),
  ])
    expect(await refusal(verb)).toEqual({
      code: "UNAUTHORIZED",
      message: "This desk is locked: unlock it with your password.",
    });
  const { revision } = await desk.status();
  server.insert("calls", callRow());
  await desk.until((s) => s.revision.calls > revision.calls);
  await server.close();
  expect(await refusal(desk.client.desk.unlock({ password: "wrong" }))).toMatchObject({ code: "UNAUTHORIZED" });
  expect(await desk.client.desk.unlock({ password: "right" })).toMatchObject({ step: "open" });
  expect((await desk.client.calls.list({})).records).toHaveLength(1);
});

test("a person or the system locks it; a board only by a person; what was asked before isn't answered after", async () => {
  const server = await serverForTest();
  const desk = await deskForTest(server.url);
  await desk.signIn();
  // The replica is still being opened: this waits for it.
  const asked = refusal(desk.client.calls.list({}));
  await desk.status();
  desk.lock("system");
  expect(await asked).toMatchObject({ code: "UNAUTHORIZED" });
  await desk.until(live);
  expect(await desk.door()).toMatchObject({ kind: "locked", why: "system" });
  desk.lock("idle");
  expect(await desk.door()).toMatchObject({ kind: "locked", why: "system" });
  // The same person through the form is as good as unlocking; another one takes the seat.
  await desk.signIn();
  expect(await desk.client.desk.lock()).toEqual({ locked: true });
  expect(await desk.signIn("bob")).toMatchObject({ step: "open", person: { displayName: "bob" } });
  await expect.poll(() => server.said, soon).toContain("signOut ann");
  const ann = server.people["ann"];
  if (ann) ann.kind = "board";
  await desk.signIn();
  expect(await desk.status()).toMatchObject({ idleMinutes: null });
  desk.lock("idle");
  desk.lock("system");
  expect(await desk.door()).toEqual({ kind: "open" });
  desk.lock("person");
  expect(await desk.door()).toMatchObject({ kind: "locked" });
});

test("two persons on one desk: each has a replica, each sees their own, and the other's stays closed", async () => {
  const server = await serverForTest();
  server.insert("calls", callRow());
  const desk = await deskForTest(server.url);
  await desk.signIn();
  await desk.until(live);
  await desk.signIn("bob");
  await desk.until((s) => live(s) && s.person?.displayName === "bob");
  expect(new Set(readdirSync(join(desk.home, "replicas")))).toEqual(
    new Set([server.people["ann"]?.id, server.people["bob"]?.id]),
  );
  server.asked.length = 0;
  await desk.signIn();
  await desk.until((s) => live(s) && s.person?.displayName === "ann");
  // What ann held is still there.
  expect(server.asked.filter((a) => a.includes(" -1 "))).toEqual([]);
  // Her session ended when bob sat down: it took her password at the server.
  expect(server.said.filter((s) => s === "signIn ann")).toHaveLength(2);
});

test("too long without contact the data lock, and open by themselves once the server is reached", async () => {
  const server = await serverForTest();
  server.insert("calls", callRow());
  server.terms.lockAfterHours = 5;
  server.terms.idleMinutes = 10;
  let now = Date.parse("2026-11-20T08:00:00Z");
  const desk = await deskForTest(server.url, { now: () => now });
  await desk.signIn();
  await desk.until(live);
  await expect.poll(() => server.contacts, soon).not.toHaveLength(0);
  expect((await desk.status()).lease).toEqual({
    lockAt: expect.stringMatching(/^2026-11-20T1[23]:/),
    eraseAt: expect.stringMatching(/^2026-12-04T0[78]:/),
  });
  server.cut(true);
  await desk.until((s) => s.state === "offline");
  now += 5 * hour;
  await desk.until((s) => s.door.kind === "leaseOver");
  expect(await desk.door()).toMatchObject({ erased: false });
  expect(await refusal(desk.client.calls.list({}))).toMatchObject({
    code: "UNAUTHORIZED",
    message: expect.stringContaining("no contact"),
  });
  server.cut(false);
  await desk.client.desk.reconnect();
  await desk.until((s) => s.door.kind !== "leaseOver");
  // Nobody touched it meanwhile: the idle lock is behind it.
  await desk.client.desk.unlock({ password: "right" });
  expect((await desk.client.calls.list({})).records).toHaveLength(1);
});

test("after the clinic's days they are erased, whatever the clock is set to; a sign-in fetches them anew and tells", async () => {
  const server = await serverForTest();
  server.insert("calls", callRow());
  let now = Date.parse("2026-11-20T08:00:00Z");
  const options = { now: () => now };
  const desk = await deskForTest(server.url, options);
  await desk.signIn();
  await desk.until(live);
  await expect.poll(() => server.contacts, soon).not.toHaveLength(0);
  await desk.client.calls.list({});
  const folder = join(desk.home, "replicas", server.people["ann"]?.id ?? "");
  server.cut(true);
  await desk.until((s) => s.state === "offline");
  await desk.client.desk.note({ action: "export", subject: "calls", subjectId: null, clinicId: null, detail: {} });
  now += 13 * day;
  await desk.until((s) => s.door.kind === "leaseOver");
  // Set back by a year and left on for a day: what has passed has passed.
  now -= 365 * day;
  await new Promise((resolve) => setTimeout(resolve, 1500));
  now += day;
  await desk.until((s) => s.door.kind === "leaseOver" && s.door.erased);
  await expect.poll(() => readdirSync(folder), soon).not.toContain("data");
  const { waiting } = await desk.status();
  expect(waiting).toBeGreaterThan(0);
  await desk.close();

  const again = await deskForTest(server.url, { ...options, home: desk.home });
  expect(await again.signIn()).toMatchObject({ step: "open" });
  expect(await again.door()).toMatchObject({ kind: "leaseOver", erased: true });
  server.cut(false);
  await again.client.desk.reconnect();
  await again.until((s) => live(s) && s.door.kind === "open");
  expect((await again.client.calls.list({})).records).toHaveLength(1);
  expect((await again.status()).notices).toMatchObject([{ kind: "erased", removed: { clinics: 1, calls: 1 } }]);
  await expect.poll(() => server.receipts, soon).toMatchObject([{ reason: "leaseOver", removed: { calls: 1 } }]);
  await expect.poll(() => server.events.map((e) => e.action), soon).toContain("export");
  await again.until((s) => s.waiting === 0);
});

test("erased while the desk was off, or another person sat there, the receipt comes with the next sign-in", async () => {
  const server = await serverForTest();
  server.insert("calls", callRow());
  let now = Date.parse("2026-11-20T08:00:00Z");
  const options = { now: () => now };
  const desk = await deskForTest(server.url, options);
  await desk.signIn();
  await desk.until(live);
  await expect.poll(() => server.contacts.at(-1)?.held["calls"], soon).toBe(1);
  await desk.close();
  now += 15 * day;
  const again = await deskForTest(server.url, { ...options, home: desk.home });
  const folder = join(desk.home, "replicas", server.people["ann"]?.id ?? "");
  expect(readdirSync(folder)).not.toContain("data");
  await again.signIn();
  await again.until((s) => live(s) && s.door.kind === "open");
  await expect.poll(() => server.receipts, soon).toMatchObject([{ reason: "leaseOver", removed: { calls: 1 } }]);
});
