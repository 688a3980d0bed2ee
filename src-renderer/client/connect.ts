import { createORPCClient } from "@orpc/client";
import type { StoreApi } from "zustand/vanilla";
import type { DeskClient } from "./desk-client.ts";
import { deskStatusStore, type DeskView } from "./desk-status-store.ts";
import { LiveQuestions } from "./live-questions.ts";
import { portTransport } from "./port-transport.ts";
import { socketTransport } from "./socket-transport.ts";
import type { Transport } from "./transport.ts";

/** Everything a window has of the desk. */
export type DeskConnection = {
  client: DeskClient;
  view: StoreApi<DeskView>;
  live: LiveQuestions;
  /** Tries a lost link again now. */
  retry(): void;
  close(): void;
};

/** Connects this window: by the shell's message port under `app:`, by a WebSocket to where the page came from otherwise. */
export function connect(): DeskConnection {
  return connectBy(window.location.protocol === "app:" ? shellPort() : shellSocket());
}

export function connectBy(transport: Transport): DeskConnection {
  const ends = new AbortController();
  const client = createORPCClient<DeskClient>(transport.link);
  const view = deskStatusStore({ client, link: transport.state, signal: ends.signal });
  const live = new LiveQuestions(view, ends.signal);
  return {
    client,
    view,
    live,
    retry: () => transport.retry(),
    close: () => {
      ends.abort();
      transport.close();
    },
  };
}

function shellPort(): Transport {
  return portTransport({ window, origin: window.location.origin });
}

function shellSocket(): Transport {
  const address = new URL("/port", window.location.href);
  address.protocol = "ws:";
  return socketTransport({
    open: () => {
      const socket = new WebSocket(address);
      socket.binaryType = "arraybuffer";
      return socket;
    },
    refused: async () => {
      const answer = await fetch("/", { method: "HEAD", cache: "no-store" }).catch(() => null);
      return answer?.status === 403;
    },
  });
}
