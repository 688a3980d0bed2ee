import { mkdirSync } from "node:fs";
import type { ContractRouterClient } from "@orpc/contract";
import { createRouterClient } from "@orpc/server";
import type { deskContract, DeskStatus } from "#shared/contract/desk-contract.ts";
import { createDesk } from "../../src-main/desk/create-desk.ts";

export type DeskInput = { serverUrl: string; home: string; email: string; password: string };
export type BenchDesk = {
  ask: ContractRouterClient<typeof deskContract>;
  /** The first status that fits, from now on. */
  until: (fits: (status: DeskStatus) => boolean) => Promise<DeskStatus>;
  /** Calls `on` at every status until closed. */
  watch: (on: (status: DeskStatus) => void) => void;
  close: () => Promise<void>;
};

/** A whole desk in this process: what both shells run, asked through the same router. Not signed in yet. */
export async function openDesk({ serverUrl, home }: DeskInput): Promise<BenchDesk> {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const openBrowser = async () => {};
  const desk = await createDesk({ serverUrl, home, version: "bench", wrapper: null, openBrowser, browserShell: true });
  // The router implements the contract; its type says only that it is one.
  const ask = createRouterClient(desk.router, { context: {} }) as ContractRouterClient<typeof deskContract>;
  const watchers = new Set<(status: DeskStatus) => void>();
  const ended = new AbortController();
  let last: DeskStatus | null = null;
  const statuses = await ask.desk.status(undefined, { signal: ended.signal });
  const reading = (async () => {
    for await (const status of statuses) {
      last = status;
      for (const on of watchers) on(status);
    }
  })().catch(() => {});
  return {
    ask,
    watch: (on) => void watchers.add(on),
    until: (fits) =>
      new Promise((resolve) => {
        const on = (status: DeskStatus) => {
          if (!fits(status)) return;
          watchers.delete(on);
          resolve(status);
        };
        watchers.add(on);
        if (last) on(last);
      }),
    close: async () => {
      ended.abort();
      await desk.close();
      await reading;
    },
  };
}

/** The same, signed in and with every row that its person may see. */
export async function liveDesk(input: DeskInput): Promise<BenchDesk> {
  const desk = await openDesk(input);
  const status = await desk.until((s) => s.state !== "opening");
  if (status.state === "signedOut") await desk.ask.desk.signIn({ email: input.email, password: input.password });
  await desk.until((s) => s.state === "live");
  return desk;
}
