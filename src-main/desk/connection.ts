import { setTimeout as sleep } from "node:timers/promises";
import { ORPCError } from "@orpc/client";
import { backOff } from "#shared/sync/back-off.ts";
import type { KeptSession } from "../session/kept-session.ts";
import { leaseFrom } from "../session/lease.ts";
import { sessionOver, type Tokens } from "../session/tokens.ts";
import type { Contact } from "./contact.ts";
import type { HeldReplica } from "./hold-replica.ts";
import type { ServerClient } from "./server-client.ts";
import { shown, type StatusBoard } from "./status-board.ts";

/** How the session goes on with the server, and the replica with the session. */
export type Connection = {
  /** Session, contact, shapes. Tries until it works, or the session is over. */
  connect: () => void;
  /** The server doesn't take this session any more: what is held stays. */
  refused: () => void;
  /** A shape was refused: the token was too old, or the session is over. The session's own verbs say which. */
  askAgain: (of: HeldReplica) => Promise<void>;
  stop: () => void;
};

type Options = {
  kept: KeptSession;
  tokens: Tokens;
  contact: Contact;
  replica: () => HeldReplica | null;
  ask: <T>(work: (server: ServerClient) => Promise<T>) => Promise<T>;
  board: StatusBoard;
  now: () => number;
  /** Connected: what waits can be delivered. */
  onConnected: () => void;
  /** The server answered a desk whose data were erased for want of contact. */
  onBack: () => void;
};

/** Until then every shape has heard of a newer token. */
const refusedAgain = 2_000;
const isOver = (error: unknown) => error instanceof ORPCError && error.status === 401;
const pause = (milliseconds: number, signal?: AbortSignal) =>
  sleep(milliseconds, undefined, { ref: false, ...(signal ? { signal } : {}) }).catch(() => {});

export function createConnection(options: Options): Connection {
  const { kept, tokens, contact, replica, ask, board, now, onConnected, onBack } = options;
  let connecting: AbortController | null = null;
  let askingAgain = false;

  /** The session first, then a contact, then the rows: an old copy is noticed before anything is added to it. */
  const attempt = async (signal: AbortSignal): Promise<void> => {
    const token = await tokens.get();
    if (signal.aborted) return;
    if (kept.now().erasedAt !== null) {
      // A token that still looks good is no contact: the server has to answer.
      await ask((server) => server.session.current());
      await kept.change({ erasedAt: null, lease: leaseFrom(now()) });
      return onBack();
    }
    await contact.make().catch((error: unknown) => {
      // A server that can't answer this one verb can still give rows.
      if (isOver(error)) throw error;
    });
    if (signal.aborted) return;
    replica()?.follow(token);
    // The counter that was just given is acknowledged by the next contact: until then a copy of this moment looks like this one.
    contact.make().catch(() => {});
    onConnected();
  };
  const connect = () => {
    connecting?.abort();
    connecting = new AbortController();
    const { signal } = connecting;
    void (async () => {
      for (let tries = 1; !signal.aborted; tries++) {
        try {
          return await attempt(signal);
        } catch (error) {
          if (signal.aborted) return;
          if (isOver(error)) return refused();
          if (!replica()?.following()) board.tell("cut");
        }
        await pause(backOff(tries, Math.random()), signal);
      }
    })();
  };
  const refused = () => {
    connecting?.abort();
    replica()?.unfollow();
    board.tell("refused", { problem: sessionOver().message });
  };

  return {
    connect,
    refused,
    askAgain: async (of) => {
      if (askingAgain) return;
      askingAgain = true;
      const refusing = () => replica() === of && of.view()?.event === "refused";
      for (let tries = 0; tries < 2 && refusing(); tries++) {
        try {
          of.follow(await tokens.renew(tokens.last() ?? ""));
          contact.make().catch(() => {});
        } catch (error) {
          if (!isOver(error)) connect();
        }
        await pause(refusedAgain);
      }
      askingAgain = false;
      const view = of.view();
      // With tokens that the session's own verbs take, it is refused for good.
      if (view && refusing()) board.tell("refused", shown(view));
    },
    stop: () => connecting?.abort(),
  };
}
