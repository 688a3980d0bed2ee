import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { DeskClient } from "../client/desk-client.ts";
import type { DeskView } from "../client/desk-status-store.ts";
import { idleOver, shouldReport } from "./idle.ts";

const inputs = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;
/** When somebody's presence was last told to the desk, by any window of this person. */
const presence = createStore(() => ({ reportedAt: Date.now() }));
const between = "careboard.presence";

export const useReportedAt = (): number => useStore(presence, (state) => state.reportedAt);

/** While `watching`, input in this window is told to the desk, and windows tell one another, so that all warn at the same time. */
export function usePresence(client: DeskClient, watching: boolean): void {
  useEffect(() => {
    if (!watching) return undefined;
    const channel = new BroadcastChannel(between);
    channel.addEventListener("message", () => presence.setState({ reportedAt: Date.now() }));
    const report = () => {
      presence.setState({ reportedAt: Date.now() });
      // A channel's messages have no other origin to go to.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      channel.postMessage(null);
      // A desk that can't be reached can't lock either; the window covers itself then.
      client.desk.touched().catch(() => undefined);
    };
    let pointer = "";
    const onInput = (event: Event) => {
      if (event instanceof PointerEvent && event.type === "pointermove") {
        // Figures that move under a pointer at rest are no hand on the mouse, though the browser may say so.
        const before = pointer;
        pointer = `${event.screenX} ${event.screenY}`;
        if (before === "" || before === pointer) return;
      }
      if (shouldReport(Date.now(), presence.getState().reportedAt)) report();
    };
    // Whoever opened the door, or this window, was here: all count from the same moment.
    report();
    const how = { capture: true, passive: true };
    for (const input of inputs) window.addEventListener(input, onInput, how);
    return () => {
      for (const input of inputs) window.removeEventListener(input, onInput, how);
      channel.close();
    };
  }, [client, watching]);
}

/**
 * Whether this window covers itself, because its desk is gone and can't lock it: once nobody was here for the clinic's minutes, and
 * then, whoever comes by, until the desk has spoken again.
 */
export function useCovered(view: StoreApi<DeskView>, idleMinutes: number | null, reached: boolean): boolean {
  const [covered, setCovered] = useState(false);
  useEffect(() => {
    if (covered) {
      return view.subscribe((now, before) => {
        if (now.status !== before.status) setCovered(false);
      });
    }
    if (idleMinutes === null || reached) return undefined;
    const look = () => {
      if (idleOver(Date.now(), presence.getState().reportedAt, idleMinutes)) setCovered(true);
    };
    const timer = setInterval(look, 5_000);
    return () => clearInterval(timer);
  }, [view, idleMinutes, reached, covered]);
  return covered;
}
