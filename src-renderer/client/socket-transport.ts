import type { ClientContext, ClientLink } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import { createStore } from "zustand/vanilla";
import { backOff } from "./back-off.ts";
import type { LinkState } from "./link-state.ts";
import type { Transport } from "./transport.ts";
import { unreachable } from "./unreachable.ts";

type Socket = Pick<WebSocket, "addEventListener" | "removeEventListener" | "send" | "readyState" | "close">;
type Options = {
  open: () => Socket;
  /** Asked after a connection that never came up: does the desk refuse this window, rather than not run? */
  refused?: () => Promise<boolean>;
  wait?: (tries: number) => number;
};

/**
 * The contract over a WebSocket that comes back by itself. Calls made while it connects wait for it; calls made while it is away, or
 * under way when it breaks, are refused with SERVICE_UNAVAILABLE: a call is never sent twice, since nobody knows whether it arrived.
 */
export function socketTransport({ open, refused = async () => false, wait = backOff }: Options): Transport {
  const state = createStore<LinkState>(() => ({ kind: "connecting" }));
  let current: { socket: Socket; link: ClientLink<ClientContext> } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;
  let opened = 0;
  let closed = false;

  const connect = () => {
    clearTimeout(timer);
    state.setState({ kind: "connecting" }, true);
    const socket = open();
    const mine = { socket, link: new RPCLink({ websocket: forgiving(socket) }) };
    current = mine;
    let cameUp = false;
    socket.addEventListener("open", () => {
      cameUp = true;
      tries = 0;
      opened += 1;
      state.setState({ kind: "open", opened }, true);
    });
    socket.addEventListener("close", () => {
      if (current === mine) void lost(cameUp);
    });
  };

  const lost = async (cameUp: boolean) => {
    current = null;
    if (closed) return;
    const delay = wait(tries);
    tries += 1;
    state.setState({ kind: "lost", retryAt: Date.now() + delay }, true);
    timer = setTimeout(connect, delay);
    // A window that was let in stays in until the desk ends; one that was never let in won't be by trying again.
    if (cameUp || !(await refused())) return;
    clearTimeout(timer);
    if (!closed && current === null) state.setState({ kind: "expired" }, true);
  };

  connect();
  return {
    state,
    link: {
      call: async (path, input, options) => {
        const mine = current;
        if (mine === null) throw unreachable(state.getState().kind);
        try {
          return await mine.link.call(path, input, options);
        } catch (error) {
          if (current === mine) throw error;
          throw unreachable("open");
        }
      },
    },
    retry: () => {
      if (current === null && !closed) connect();
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
      current?.socket.close();
    },
  };
}

/**
 * oRPC throws, where nobody can catch it, when it wants to tell a socket that has meanwhile closed that a call was given up. To a socket
 * that once was open such a word is dropped instead; the calls under way on it are refused by its closing.
 */
function forgiving(socket: Socket): Omit<Socket, "close"> {
  let wasOpen = false;
  socket.addEventListener("open", () => {
    wasOpen = true;
  });
  return {
    addEventListener: socket.addEventListener.bind(socket),
    removeEventListener: socket.removeEventListener.bind(socket),
    send: (data) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(data);
    },
    get readyState() {
      return wasOpen ? WebSocket.OPEN : socket.readyState;
    },
  };
}
