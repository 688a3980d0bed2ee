import { useEffect } from "react";
import type { Live } from "../client/live-question.ts";
import { keepPainted, painted } from "./painted-store.ts";

/** At most one writing in this many milliseconds a question: answers may come several times a second. */
const pause = 5000;

/**
 * A live answer that begins with the last one painted, marked as stale until the desk's own comes. `null` as the key leaves an answer out
 * of it: what holds callers' numbers.
 */
export function usePainted<L extends Live<unknown>>(key: string, live: L): L {
  const { data } = live;
  useEffect(() => {
    if (data === undefined || live.stale) return undefined;
    const held = painted(key);
    const wait = held ? Math.max(0, Date.parse(held.paintedAt) + pause - Date.now()) : 0;
    const timer = setTimeout(() => keepPainted(key, data), wait);
    return () => clearTimeout(timer);
  }, [key, data, live.stale]);
  if (data !== undefined) return live;
  const last = painted(key);
  return last === undefined ? live : { ...live, data: last.value, stale: true, loading: false };
}
