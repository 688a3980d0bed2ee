import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { KeyWrapper } from "../session/key-wrapper.ts";
import { callRow } from "../sync/test-rows.ts";
import { deskForTest, live, refusal, serverForTest, soon } from "./test-desk.ts";

/** A system's secret store, with one account's key. */
function systemStore(): KeyWrapper {
  const turn = (bytes: Buffer) => Buffer.from(bytes.map((b) => b ^ 0x5a));
  return { wrap: async (secret) => turn(secret), unwrap: async (wrapped) => turn(wrapped) };
}

test("without a network the right password opens what this desk holds, and a wrong one waits longer and longer", async () => {
  const server = await serverForTest();
  server.insert("calls", callRow());
  const first = await deskForTest(server.url);
  await first.signIn();
  await first.until(live);
  await first.close();
  await server.close();

  let now = Date.now();
  const desk = await deskForTest(server.url, { home: first.home, now: () => now });
  expect(await desk.door()).toEqual({ kind: "closed", ended: null });
  for (let i = 0; i < 5; i++)
    expect(await refusal(desk.signIn("ann", "wrong"))).toMatchObject({
      code: "UNAUTHORIZED",
      message: expect.stringContaining("can't be reached"),
    });
  expect(await refusal(desk.signIn())).toMatchObject({ code: "TOO_MANY_REQUESTS" });
  // Also not by starting anew.
  await desk.close();
  const again = await deskForTest(server.url, { home: first.home, now: () => now });
  expect(await refusal(again.signIn())).toMatchObject({ code: "TOO_MANY_REQUESTS" });
  now += 1000;
  expect(await again.signIn()).toMatchObject({ step: "open" });
  expect(await again.door()).toEqual({ kind: "open" });
  expect((await again.client.calls.list({})).records).toHaveLength(1);
});

test("nothing of the person, their session or their rows is readable in the desk's folder", async () => {
  const server = await serverForTest();
  server.insert("calls", callRow({ caller_name: "Wilhelmina Marker", caller_number: "5550199" }));
  const desk = await deskForTest(server.url);
  await desk.signIn();
  await desk.until(live);
  await expect.poll(() => server.contacts, soon).not.toHaveLength(0);
  await desk.client.calls.list({});
  await desk.close();
  const files = readdirSync(desk.home, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
  expect(files.map((f) => f.name)).toContain("session.sealed");
  for (const file of files) {
    const bytes = readFileSync(join(file.parentPath, file.name));
    for (const word of ["Wilhelmina", "5550199", "ann@north", "right", "Clinic", "refreshToken"])
      expect([file.name, word, bytes.includes(word)]).toEqual([file.name, word, false]);
  }
});

test("the steps of a sign-in keep their tickets in this process; the password that opens the data is the last one chosen", async () => {
  const server = await serverForTest();
  const desk = await deskForTest(server.url);
  server.nextStep("secondFactor");
  expect(await desk.signIn()).toEqual({ step: "secondFactor" });
  expect(await refusal(desk.client.desk.secondFactor({ code: "000000" }))).toMatchObject({ code: "UNAUTHORIZED" });
  expect(await desk.client.desk.secondFactor({ code: "123456" })).toMatchObject({ step: "open" });
  await desk.client.desk.signOut();
  // The password opens the vault, and still nothing is shown before the server has what it asks for.
  server.nextStep("secondFactor");
  expect(await desk.signIn()).toEqual({ step: "secondFactor" });
  await desk.client.desk.acknowledge({ id: "none" });
  expect(await desk.status()).toMatchObject({ state: "signedOut", door: { kind: "closed" }, person: null });
  expect(await refusal(desk.client.calls.list({}))).toMatchObject({ code: "UNAUTHORIZED" });
  expect(await desk.client.desk.secondFactor({ code: "123456" })).toMatchObject({ step: "open" });
  await desk.client.desk.signOut();
  server.nextStep("newPassword");
  expect(await desk.signIn("bob")).toEqual({ step: "newPassword" });
  expect(await desk.client.desk.newPassword({ password: "a longer one" })).toMatchObject({ step: "open" });
  expect(await refusal(desk.client.desk.newPassword({ password: "again" }))).toMatchObject({ code: "CONFLICT" });
  await desk.close();
  await server.close();
  const again = await deskForTest(server.url, { home: desk.home });
  expect(await again.signIn("bob", "a longer one")).toMatchObject({ step: "open" });
});

test("a password changed elsewhere: the old one opens the data once more, and from then on the new one does", async () => {
  const server = await serverForTest();
  server.insert("calls", callRow());
  const desk = await deskForTest(server.url);
  await desk.signIn();
  await desk.until(live);
  await desk.close();
  server.passwords["ann"] = "changed";
  server.end("ann", "passwordChanged");

  const again = await deskForTest(server.url, { home: desk.home });
  // The server is there and knows better: the old password opens nothing.
  expect(await refusal(again.signIn())).toMatchObject({ code: "UNAUTHORIZED" });
  expect(await again.door()).toEqual({ kind: "closed", ended: null });
  expect(await again.signIn("ann", "changed")).toEqual({ step: "keyLost" });
  expect(await again.door()).toEqual({ kind: "keyLost", why: "otherPassword" });
  expect(await refusal(again.client.calls.list({}))).toMatchObject({ code: "UNAUTHORIZED" });
  expect(await refusal(again.client.desk.unlock({ password: "neither" }))).toMatchObject({ code: "UNAUTHORIZED" });
  server.asked.length = 0;
  expect(await again.client.desk.unlock({ password: "right" })).toMatchObject({ step: "open" });
  await again.until(live);
  expect(server.asked.filter((a) => a.includes(" -1 "))).toEqual([]);
  await again.close();
  await server.close();
  const third = await deskForTest(server.url, { home: desk.home });
  expect(await refusal(third.signIn())).toMatchObject({ code: "UNAUTHORIZED" });
  expect(await third.signIn("ann", "changed")).toMatchObject({ step: "open" });
  expect((await third.client.calls.list({})).records).toHaveLength(1);
});

test("nobody knows the old password: what is held is erased and fetched anew", async () => {
  const server = await serverForTest();
  server.insert("calls", callRow());
  const desk = await deskForTest(server.url);
  await desk.signIn();
  await desk.until(live);
  await desk.close();
  server.passwords["ann"] = "changed";
  server.end("ann", "passwordChanged");
  const again = await deskForTest(server.url, { home: desk.home });
  expect(await refusal(again.client.desk.eraseAndSync())).toMatchObject({ code: "CONFLICT" });
  await again.signIn("ann", "changed");
  server.asked.length = 0;
  expect(await again.client.desk.eraseAndSync()).toMatchObject({ step: "open" });
  await again.until(live);
  expect(server.asked.filter((a) => a.includes("calls -1"))).not.toEqual([]);
  await expect.poll(() => server.receipts, soon).toMatchObject([{ reason: "keyLost" }]);
});

test("changed at this desk, the new password opens what is held", async () => {
  const server = await serverForTest();
  const desk = await deskForTest(server.url);
  await desk.signIn();
  await desk.until(live);
  await desk.client.session.changePassword({ current: "right", next: "a longer one" });
  await desk.client.desk.lock();
  expect(await refusal(desk.client.desk.unlock({ password: "right" }))).toMatchObject({ code: "UNAUTHORIZED" });
  expect(await desk.client.desk.unlock({ password: "a longer one" })).toMatchObject({ step: "open" });
});

test("by a provider: the browser comes back to this machine, and a passphrase protects the data", async () => {
  const server = await serverForTest();
  server.insert("calls", callRow());
  const visited: string[] = [];
  const openBrowser = async (url: string) => {
    visited.push(url);
    await fetch(url);
  };
  const desk = await deskForTest(server.url, { openBrowser });
  expect(await desk.client.desk.providers()).toEqual([{ id: "google", title: "Google" }]);
  expect(await desk.client.desk.signInWithProvider({ provider: "google" })).toEqual({ step: "setPassphrase" });
  expect(visited).toHaveLength(1);
  // The page of the browser shell was told the address while it was needed.
  expect(desk.statuses.map((s) => s.providerAddress).filter(Boolean)).toEqual(visited);
  expect(await desk.status()).toMatchObject({ door: { kind: "needsPassphrase" } });
  expect((await desk.status()).providerAddress).toBeUndefined();
  expect(await desk.client.desk.setPassphrase({ passphrase: "apples and oranges" })).toMatchObject({ step: "open" });
  await desk.until(live);
  await desk.client.desk.lock();
  expect(await desk.door()).toMatchObject({ kind: "locked", means: "passphrase" });
  await desk.client.desk.unlock({ password: "apples and oranges" });
  await desk.close();

  const again = await deskForTest(server.url, { home: desk.home, openBrowser });
  expect(await again.client.desk.signInWithProvider({ provider: "google" })).toEqual({ step: "keyLost" });
  expect(await again.door()).toMatchObject({ kind: "locked", means: "passphrase" });
  expect(await again.client.desk.unlock({ password: "apples and oranges" })).toMatchObject({ step: "open" });
  await again.until(live);
  await again.close();
  await server.close();
  // Offline the address and the passphrase do.
  const third = await deskForTest(server.url, { home: desk.home, openBrowser });
  expect(await third.signIn("ann", "apples and oranges")).toMatchObject({ step: "open" });
});

test("where the system keeps the key the data open at the start, locked after a longer absence, and not after signing out", async () => {
  const server = await serverForTest();
  const wrapper = systemStore();
  let now = Date.now();
  const options = { wrapper, now: () => now };
  const desk = await deskForTest(server.url, options);
  await desk.signIn();
  await desk.until(live);
  await desk.close();

  now += 60_000;
  const soonAgain = await deskForTest(server.url, { ...options, home: desk.home });
  await soonAgain.until(live);
  expect(await soonAgain.door()).toEqual({ kind: "open" });
  soonAgain.lock("system");
  await soonAgain.close();
  const locked = await deskForTest(server.url, { ...options, home: desk.home });
  await locked.until(live);
  expect(await locked.door()).toMatchObject({ kind: "locked", why: "system", means: "password" });
  await locked.client.desk.unlock({ password: "right" });
  await locked.close();

  now += 11 * 60_000;
  const later = await deskForTest(server.url, { ...options, home: desk.home });
  await later.until(live);
  expect(await later.door()).toMatchObject({ kind: "locked", why: "idle" });
  expect(await refusal(later.client.calls.list({}))).toMatchObject({ code: "UNAUTHORIZED" });
  await later.client.desk.signOut();
  await later.close();
  const out = await deskForTest(server.url, { ...options, home: desk.home });
  expect(await out.status()).toMatchObject({ state: "signedOut", door: { kind: "closed" }, person: null });
  await out.close();
  // The store was reset: the password is another way to the same key.
  const reset = await deskForTest(server.url, { home: desk.home, wrapper: { ...wrapper, unwrap: async () => null } });
  expect(await reset.signIn()).toMatchObject({ step: "open" });
});
