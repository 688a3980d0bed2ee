import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { callRow } from "../sync/test-rows.ts";
import { deskForTest, live, refusal, serverForTest, soon } from "./test-desk.ts";

test.each(["accountDisabled", "deviceEnded", "sessionEnded"] as const)(
  "%s: at the next contact everything of the person leaves the disk, the server has the counts, the person the reason",
  async (reason) => {
    const server = await serverForTest();
    server.insert("calls", callRow(), callRow());
    const desk = await deskForTest(server.url);
    await desk.signIn();
    await desk.until(live);
    const folder = join(desk.home, "replicas", server.people["ann"]?.id ?? "");
    server.end("ann", reason);
    await desk.until((s) => s.door.kind === "closed");
    const removed = expect.objectContaining({ clinics: 1, calls: 2 });
    expect(await desk.status()).toMatchObject({
      state: "signedOut",
      person: null,
      usable: false,
      door: { kind: "closed", ended: { reason, removed } },
    });
    await expect.poll(() => readdirSync(folder), soon).toEqual([]);
    await expect
      .poll(() => JSON.parse(readFileSync(join(desk.home, "device.json"), "utf8")), soon)
      .toMatchObject({ erasing: null });
    await expect.poll(() => server.receipts, soon).toMatchObject([{ reason, removed, receipt: expect.any(String) }]);
    expect(await refusal(desk.client.calls.list({}))).toMatchObject({ code: "UNAUTHORIZED" });
    await desk.close();
    // Also after a new start it is said why; the next sign-in ends that.
    const again = await deskForTest(server.url, { home: desk.home });
    expect(await again.door()).toMatchObject({ kind: "closed", ended: { reason } });
    await again.signIn();
    await again.until(live);
    expect(server.receipts).toHaveLength(1);
    await again.client.desk.signOut();
    expect(await again.door()).toEqual({ kind: "closed", ended: null });
  },
);

test("killed while it was erasing, the desk goes on with that at the next start, for nobody may ever sign in again", async () => {
  const server = await serverForTest();
  server.insert("calls", callRow());
  const desk = await deskForTest(server.url);
  await desk.signIn();
  await desk.until(live);
  await desk.client.desk.signOut();
  await desk.signIn("bob");
  await desk.until(live);
  await desk.close();
  const [ann, bob] = ["ann", "bob"].map((name) => server.people[name]?.id ?? "");
  const file = join(desk.home, "device.json");
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), last: null, erasing: ann }));
  const again = await deskForTest(server.url, { home: desk.home });
  expect(readdirSync(join(desk.home, "replicas", ann ?? ""))).toEqual([]);
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ erasing: null });
  // Who was here besides keeps theirs.
  expect(readdirSync(join(desk.home, "replicas", bob ?? ""))).toContain("vault.json");
  await again.signIn();
  await again.until(live);
  expect((await again.client.calls.list({})).records).toHaveLength(1);
});

test.each(["deviceEnded", "accountDisabled"] as const)(
  "%s while nobody was signed in: the next sign-in erases what is held, and the waiting lines stay",
  async (reason) => {
    const server = await serverForTest();
    server.insert("calls", callRow());
    const desk = await deskForTest(server.url);
    await desk.signIn();
    await desk.until(live);
    await desk.client.desk.signOut();
    const folder = join(desk.home, "replicas", server.people["ann"]?.id ?? "");
    server.refuse("ann", reason);
    // A wrong password is told nothing, and erases nothing.
    expect(await refusal(desk.signIn("ann", "wrong"))).toMatchObject({ code: "UNAUTHORIZED" });
    expect(readdirSync(folder)).toContain("data");
    expect(await refusal(desk.signIn())).toMatchObject({ code: "UNAUTHORIZED" });
    expect(await desk.door()).toMatchObject({ kind: "closed", ended: { reason, removed: { calls: 1 } } });
    expect(readdirSync(folder)).not.toContain("data");
    expect(readdirSync(folder)).not.toContain("session.sealed");
    expect(await refusal(desk.client.calls.list({}))).toMatchObject({ code: "UNAUTHORIZED" });
  },
);

test("disabled in the middle of the first fetch, nothing is left either", async () => {
  const server = await serverForTest();
  server.insert("calls", ...Array.from({ length: 3000 }, () => callRow()));
  server.rotate("calls");
  const desk = await deskForTest(server.url);
  await desk.signIn();
  await desk.until((s) => s.progress?.shape === "calls" || s.state === "live");
  server.end("ann", "accountDisabled");
  await desk.until((s) => s.door.kind === "closed");
  expect(await desk.door()).toMatchObject({ ended: { reason: "accountDisabled" } });
  await expect.poll(() => readdirSync(join(desk.home, "replicas", server.people["ann"]?.id ?? "")), soon).toEqual([]);
});

test("disabled while the desk was off: the right password opens nothing any more", async () => {
  const server = await serverForTest();
  server.insert("calls", callRow());
  const desk = await deskForTest(server.url);
  await desk.signIn();
  await desk.until(live);
  server.insert("calls", callRow());
  await desk.until((s) => s.revision.calls > 1);
  await desk.close();
  server.end("ann", "accountDisabled");
  server.passwords["ann"] = "none";
  const again = await deskForTest(server.url, { home: desk.home });
  expect(await refusal(again.signIn())).toMatchObject({ code: "UNAUTHORIZED" });
  await again.until((s) => s.door.kind === "closed" && s.door.ended !== null);
  // Counted as they were, though they were never opened again.
  expect(await again.door()).toMatchObject({ ended: { removed: { calls: 2 } } });
  expect(again.statuses.map((s) => s.door.kind)).not.toContain("open");
  await expect.poll(() => readdirSync(join(desk.home, "replicas", server.people["ann"]?.id ?? "")), soon).toEqual([]);
});

test("signed out, then let go: the password opens nothing while the server is there to be asked", async () => {
  const server = await serverForTest();
  const desk = await deskForTest(server.url);
  await desk.signIn();
  await desk.until(live);
  await desk.client.desk.signOut();
  server.passwords["ann"] = "none";
  await desk.until((s) => s.door.kind === "closed");
  const before = desk.statuses.length;
  expect(await refusal(desk.signIn())).toMatchObject({ code: "UNAUTHORIZED" });
  await desk.status();
  expect(desk.statuses.slice(before).map((s) => s.door.kind)).not.toContain("open");
});

test("waiting lines of somebody whose data are erased stay sealed, and are delivered when they come back", async () => {
  const server = await serverForTest();
  const desk = await deskForTest(server.url);
  await desk.signIn();
  await desk.until(live);
  server.cut(true);
  await desk.until((s) => s.state === "offline");
  await desk.client.desk.note({ action: "print", subject: "today", subjectId: null, clinicId: null, detail: {} });
  server.end("ann", "deviceEnded");
  server.cut(false);
  await desk.client.desk.reconnect();
  await desk.until((s) => s.door.kind === "closed");
  const folder = join(desk.home, "replicas", server.people["ann"]?.id ?? "");
  await expect
    .poll(() => readdirSync(folder).toSorted(), soon)
    .toEqual(["vault.json", expect.stringMatching(/^waiting-\d{4}-\d{2}-\d{2}T.*\.sealed$/)]);
  expect(server.events).toEqual([]);
  await desk.signIn();
  await desk.until(live);
  await expect.poll(() => server.events.map((e) => e.action), soon).toContain("print");
  expect(readdirSync(folder).filter((name) => name.startsWith("waiting-"))).toEqual([]);
});

test.each(["expired", "signedOut", "passwordChanged", "tokenReused"] as const)(
  "%s: what is held stays, and the person signs in again",
  async (reason) => {
    const server = await serverForTest();
    server.insert("calls", callRow());
    const desk = await deskForTest(server.url);
    await desk.signIn();
    await desk.until(live);
    server.end("ann", reason);
    await desk.until((s) => s.state === "refused");
    expect(await desk.door()).toMatchObject({ kind: reason === "tokenReused" ? "locked" : "open" });
    server.asked.length = 0;
    await desk.signIn();
    await desk.until((s) => live(s) && s.door.kind === "open");
    expect(server.asked.filter((a) => a.includes(" -1 "))).toEqual([]);
    expect(server.receipts).toEqual([]);
  },
);

test("an access token that is too old is renewed behind everybody's back, also when the answer with the new one was lost", async () => {
  const server = await serverForTest();
  const desk = await deskForTest(server.url);
  await desk.signIn();
  await desk.until(live);
  server.expire();
  server.insert("calls", callRow());
  await desk.until((s) => s.revision.calls > 0);
  server.loseAnswer();
  server.expire();
  server.insert("calls", callRow());
  await desk.until((s) => s.revision.calls > 1);
  server.expire();
  expect(await desk.client.session.current()).toEqual(server.people["ann"]);
  expect(desk.statuses.map((s) => s.state)).not.toContain("refused");
  expect(server.said.filter((s) => s.startsWith("signIn"))).toHaveLength(1);
  // The newest token is on the disk: the next start goes on with it.
  await desk.close();
  const again = await deskForTest(server.url, { home: desk.home });
  await again.signIn();
  await again.until(live);
  expect(server.said.filter((s) => s.startsWith("signIn"))).toHaveLength(1);
});
