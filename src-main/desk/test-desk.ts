import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createRouterClient, ORPCError } from "@orpc/server";
import type { ContractRouterClient } from "@orpc/contract";
import { expect, onTestFinished } from "vitest";
import type { deskContract, DeskStatus } from "#shared/contract/desk-contract.ts";
import { must } from "#shared/kit/must.ts";
import { clinicRow } from "../sync/test-rows.ts";
import { createDesk } from "./create-desk.ts";
import type { DeskOptions } from "./desk.ts";
import { type TestServer, testServer } from "./test-server.ts";

/** A busy machine is slow, not wrong. */
export const soon = { timeout: 60_000 };

/** A server with one clinic. */
export async function serverForTest(): Promise<TestServer> {
  const server = await testServer();
  onTestFinished(() => server.close());
  server.insert("clinics", clinicRow);
  server.rotate("clinics");
  return server;
}

/** A whole desk of the browser shell's kind, in this process. */
export async function deskForTest(server: string, options: Partial<DeskOptions> = {}) {
  const home = options.home ?? mkdtempSync(join(tmpdir(), "careboard-desk-"));
  const log: string[] = [];
  const desk = await createDesk({
    serverUrl: server,
    version: "0.0.0",
    wrapper: null,
    openBrowser: async () => {},
    browserShell: true,
    log: (line) => log.push(line),
    ...options,
    home,
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
  const signIn = (name = "ann", password = "right") => client.desk.signIn({ email: `${name}@north.example`, password });
  await until(() => true);
  /** The status is on its way for a moment. */
  const status = async () => {
    await setTimeout(20);
    return must(statuses.at(-1), "a status");
  };
  const door = async () => (await status()).door;
  return { home, client, statuses, until, close, signIn, lock: desk.lock, log, status, door };
}

/** How a verb refuses; null when it doesn't. */
export const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (e: unknown) => (e instanceof ORPCError ? { code: e.code as string, message: e.message } : e),
  );
export const live = (s: DeskStatus): boolean => s.state === "live";
