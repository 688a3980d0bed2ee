import type { DeskConnection } from "../client/connect.ts";
import type { DeskView } from "../client/desk-status-store.ts";
import { createDrafts, type DraftsAt } from "./create-drafts.ts";
import { draftsTable } from "./drafts-table.ts";

/** The drafts of whoever this window belongs to. A crash takes the last third of a second, no more. */
export const drafts = createDrafts(draftsTable("careboard-drafts"), 300);

/** How the drafts stand to the desk; null before its first word. */
export function draftsAt({ status, link }: DeskView): DraftsAt | null {
  if (status === null) return null;
  const { door, person } = status;
  const over = door.kind === "closed" || (door.kind === "leaseOver" && door.erased);
  return {
    personId: person?.id ?? null,
    door: over ? "over" : door.kind === "open" ? "open" : "shut",
    link: link.kind === "open" ? link.opened : null,
  };
}

/** Keeps the drafts with the desk's door, for as long as the window lives. */
export function followDoor({ client, view }: DeskConnection): void {
  const look = (now: DeskView) => {
    const at = draftsAt(now);
    if (at) drafts.look(at, (signal) => client.desk.pageKey(undefined, { signal }));
  };
  look(view.getState());
  view.subscribe(look);
  // A window that is hidden may be ended without another word.
  const flush = () => void drafts.flush();
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flush());
  window.addEventListener("pagehide", flush);
}
