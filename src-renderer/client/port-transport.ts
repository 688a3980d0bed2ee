import type { ClientContext } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import { createStore } from "zustand/vanilla";
import { must } from "#shared/kit/must.ts";
import type { LinkState } from "./link-state.ts";
import type { Transport } from "./transport.ts";
import { unreachable } from "./unreachable.ts";

type Options = { window: Window; origin: string };

/** What this window says to its preload, and what the preload answers with; the port comes with the answer. */
const want = "careboard:want-port";
const here = "careboard:port";

/**
 * The contract over the one message port that the Electron shell hands to this window. The port lives as long as the window; when the
 * main process closes it, the whole application is going down, so there is nothing to connect again.
 */
export function portTransport({ window, origin }: Options): Transport {
  const state = createStore<LinkState>(() => ({ kind: "connecting" }));
  let open: MessagePort | null = null;
  const link = new Promise<RPCLink<ClientContext>>((resolve) => {
    const receive = (event: MessageEvent) => {
      // Only our own preload speaks with this window's own source and origin; a frame or another window doesn't.
      if (event.source !== window || event.origin !== origin || event.data !== here) return;
      window.removeEventListener("message", receive);
      const port = must(event.ports[0], "the port of the desk");
      open = port;
      port.addEventListener("close", () => state.setState({ kind: "lost", retryAt: Number.POSITIVE_INFINITY }, true));
      resolve(new RPCLink({ port }));
      port.start();
      state.setState({ kind: "open", opened: 1 }, true);
    };
    window.addEventListener("message", receive);
    window.postMessage(want, origin);
  });

  return {
    state,
    link: {
      call: async (path, input, options) => {
        if (state.getState().kind === "lost") throw unreachable("lost");
        return (await link).call(path, input, options);
      },
    },
    retry: () => undefined,
    close: () => open?.close(),
  };
}
