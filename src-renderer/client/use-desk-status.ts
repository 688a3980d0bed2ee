import { useStore } from "zustand";
import { useDesk } from "./desk-context.tsx";
import type { DeskView } from "./desk-status-store.ts";

/** A part of the desk's status and of this window's link to it; renders again when that part changes: `useDeskStatus((d) => d.status?.state)`. */
export function useDeskStatus<T>(select: (view: DeskView) => T): T {
  return useStore(useDesk().view, select);
}
