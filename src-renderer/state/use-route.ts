import { useMemo, useSyncExternalStore } from "react";
import { readRoute, type Route, type Screen, writeRoute } from "./routes.ts";

const subscribe = (changed: () => void) => {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
};

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return useMemo(() => readRoute(hash), [hash]);
}

/** Goes there; `replace` leaves no step behind for "back", for filters that change with each key. */
export function go(route: Partial<Route> & { screen: Screen }, { replace = false } = {}): void {
  const hash = writeRoute(route);
  if (hash === window.location.hash) return;
  if (!replace) {
    window.location.hash = hash;
    return;
  }
  window.history.replaceState(null, "", hash);
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}
