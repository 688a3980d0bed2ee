import { createStore, type StoreApi } from "zustand/vanilla";
import type { DeskStatus } from "#shared/contract/desk-contract.ts";
import { backOff } from "./back-off.ts";
import type { DeskClient } from "./desk-client.ts";
import type { LinkState } from "./link-state.ts";

/** `status` is null before the desk's first word, and keeps its last word while the link is away. */
export type DeskView = { status: DeskStatus | null; link: LinkState };
type Options = { client: DeskClient; link: StoreApi<LinkState>; signal: AbortSignal };

/** Follows the desk's status for as long as `signal` lets it; a stream that ends is asked for again once the link is up. */
export function deskStatusStore({ client, link, signal }: Options): StoreApi<DeskView> {
  const store = createStore<DeskView>(() => ({ status: null, link: link.getState() }));
  const unfollow = link.subscribe((state) => store.setState({ link: state }));
  signal.addEventListener("abort", unfollow);

  const follow = async () => {
    let tries = 0;
    while (!signal.aborted) {
      await comesUp(link, signal);
      try {
        for await (const status of await client.desk.status(undefined, { signal })) {
          tries = 0;
          store.setState({ status });
        }
      } catch {
        // Whatever ended the stream, the answer is to ask again; `link` already tells people what they need to know.
      }
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, backOff(tries++)));
    }
  };
  void follow();
  return store;
}

function comesUp(link: StoreApi<LinkState>, signal: AbortSignal): Promise<void> {
  const up = () => link.getState().kind === "open" || signal.aborted;
  if (up()) return Promise.resolve();
  return new Promise((resolve) => {
    const look = () => {
      if (!up()) return;
      stop();
      signal.removeEventListener("abort", look);
      resolve();
    };
    const stop = link.subscribe(look);
    signal.addEventListener("abort", look);
  });
}
