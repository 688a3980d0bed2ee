import { ORPCError } from "@orpc/client";
import { deskEvent } from "#shared/contract/audit.ts";
import type { KeptSession } from "../session/kept-session.ts";
import type { Waiting } from "../session/waiting.ts";
import type { ServerClient } from "./server-client.ts";

type Options = {
  kept: KeptSession;
  waiting: Waiting;
  ask: <T>(work: (server: ServerClient) => Promise<T>) => Promise<T>;
  onDelivered: () => void;
  log: (line: string) => void;
};

/** So many lines go at once; the contract takes 500. */
const together = 200;

/** Carries receipts and audit lines to the server, one carrier at a time. Resolves when nothing waits; rejects where the server can't be asked. */
export function createDeliver({ kept, waiting, ask, onDelivered, log }: Options): () => Promise<void> {
  const receipts = async () => {
    for (const receipt of kept.now().receipts) {
      const { received } = await refusedIsDone(() => ask((server) => server.session.receipt(receipt)), {
        received: true,
      });
      if (received) await kept.change((now) => ({ receipts: now.receipts.filter((r) => r.id !== receipt.id) }));
    }
  };
  const audit = async () => {
    for (;;) {
      const lines = waiting.take("audit", together);
      if (lines.length === 0) return;
      const events = lines.flatMap(({ body }) => deskEvent.safeParse(body).data ?? []);
      const send = (part: typeof events) => ask((server) => server.audit.deliver({ events: part }));
      try {
        if (events.length > 0) await send(events);
      } catch (error) {
        if (!isBad(error)) throw error;
        // One that the server can't take must not hold up the others.
        for (const event of events) await refusedIsDone(() => send([event]), null);
      }
      await waiting.done(lines.map((line) => line.id));
      onDelivered();
    }
  };
  /** What the server will never take is not sent for ever. */
  const refusedIsDone = async <T, E>(work: () => Promise<T>, instead: E): Promise<T | E> => {
    try {
      return await work();
    } catch (error) {
      if (!isBad(error)) throw error;
      log("waiting lines: the server can't take one of them; it is left out");
      return instead;
    }
  };

  let running: Promise<void> | null = null;
  return () => {
    running ??= receipts()
      .then(audit)
      .finally(() => {
        running = null;
      });
    return running;
  };
}

const isBad = (error: unknown): boolean => error instanceof ORPCError && [400, 404, 413, 422].includes(error.status);
