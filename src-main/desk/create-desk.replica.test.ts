import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRouterClient, ORPCError } from "@orpc/server";
import type { ContractRouterClient } from "@orpc/contract";
import { expect, onTestFinished, test } from "vitest";
import type { deskContract, DeskStatus } from "#shared/contract/desk-contract.ts";
import { fileSecrets } from "../session/file-secrets.ts";
import { callRow, clinicId, clinicRow } from "../sync/test-rows.ts";
import { createDesk } from "./create-desk.ts";
import { type TestServer, testServer } from "./test-server.ts";

/** A busy machine is slow, not wrong. */
const soon = { timeout: 60_000 };

async function serverForTest(): Promise<TestServer> {
  const server = await testServer();
  onTestFinished(() => server.close());
  server.insert("clinics", clinicRow);
  server.rotate("clinics");
  return server;
}

async function deskForTest(server: string, home = mkdtempSync(join(tmpdir(), "careboard-desk-"))) {
  const desk = await createDesk({
    serverUrl: server,
    home,
    version: "0.0.0",
    secrets: fileSecrets(home),
    browserShell: true,
  });
  const client = createRouterClient(desk.router, { context: {} }) as unknown as ContractRouterClient<
    typeof deskContract
  >;
  const statuses: DeskStatus[] = [];
  const looking = new AbortController();
  const watching = (async () => {
    for await (const status of await client.desk.status(undefined, { signal: looking.signal })) statuses.push(status);
  })().catch(() => {});
  let open = true;
  const close = async () => {
    if (!open) return;
    open = false;
    looking.abort();
    await watching;
    await desk.close();
  };
  onTestFinished(close);
  const until = async (so: (status: DeskStatus) => boolean) => {
    const held = () => statuses.slice(-1).some(so);
    await expect.poll(held, soon).toBe(true);
  };
  return { home, client, statuses, until, close, now: () => statuses.at(-1) };
}
const refusal = (work: Promise<unknown>) => work.then(() => null, (e: unknown) => (e instanceof ORPCError ? { code: e.code as string, message: e.message } : e)); // prettier-ignore
const live = (s: DeskStatus) => s.state === "live";

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
  expect(await desk.client.desk.signIn({ email: "ann@north.example", password: "right" })).toEqual(server.people.ann);
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
  await first.client.desk.signIn({ email: "ann@north.example", password: "right" });
  await first.until(live);
  await first.close();
  await server.close();
  const again = await deskForTest(server.url, first.home);
  await again.until((s) => s.state === "offline");
  expect(again.now()).toMatchObject({
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
  expect(await refusal(again.client.desk.signIn({ email: "bob@north.example", password: "right" }))).toMatchObject({
    code: "SERVICE_UNAVAILABLE",
  });
  expect(again.now()?.person).toEqual(server.people.ann);
});

test("a session the server ended is refused, its data stay, and the same person goes on without fetching again", async () => {
  const server = await serverForTest();
  server.insert("calls", callRow());
  const desk = await deskForTest(server.url);
  await desk.client.desk.signIn({ email: "ann@north.example", password: "right" });
  await desk.until(live);
  server.spoil(401);
  await desk.until((s) => s.state === "refused");
  expect(await refusal(desk.client.calls.rawLines({ id: clinicId }))).toMatchObject({ code: "UNAUTHORIZED" });
  expect((await desk.client.calls.list({})).records).toHaveLength(1);
  server.spoil(null);
  server.asked.length = 0;
  await desk.client.desk.signIn({ email: "ann@north.example", password: "right" });
  await desk.until(live);
  expect(server.asked.filter((a) => a.includes(" -1 "))).toEqual([]);
});

test("signed out, nothing is left to see; another person has another replica", async () => {
  const server = await serverForTest();
  server.insert("calls", callRow());
  const desk = await deskForTest(server.url);
  await desk.client.desk.signIn({ email: "ann@north.example", password: "right" });
  await desk.until(live);
  expect(await desk.client.desk.signOut()).toEqual({ ended: true });
  expect(desk.now()).toMatchObject({ state: "signedOut", person: null, usable: false, asOf: null });
  expect(await refusal(desk.client.calls.list({}))).toMatchObject({ code: "UNAUTHORIZED" });
  await expect.poll(() => server.ended, soon).toHaveLength(1);
  await desk.client.desk.signIn({ email: "bob@north.example", password: "right" });
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
  await desk.client.desk.signIn({ email: "ann@north.example", password: "right" });
  await desk.until(live);
  const question = { startDate: "2026-11-20", endDate: "2026-11-20" };
  expect((await desk.client.reports.callAnalytics(question)).totals.offered).toBe(1);
  const { revision } = desk.now() ?? {};
  server.insert("calls", callRow());
  await desk.until((s) => s.revision.calls > (revision?.calls ?? 0));
  expect((await desk.client.reports.callAnalytics(question)).totals.offered).toBe(2);
});
