import type { ClientContext, ClientLink } from "@orpc/client";
import type { StoreApi } from "zustand/vanilla";
import type { LinkState } from "./link-state.ts";

/** One way to reach the desk: a message port in Electron, a WebSocket in the browser shell. */
export type Transport = {
  link: ClientLink<ClientContext>;
  state: StoreApi<LinkState>;
  /** Tries again now instead of at `retryAt`; nothing happens while the link is up. */
  retry(): void;
  close(): void;
};
