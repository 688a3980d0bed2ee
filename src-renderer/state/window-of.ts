import { forgetScroll } from "./kept-scroll.ts";
import { go } from "./use-route.ts";

let owner: string | null = null;

/** Who this window belongs to from now on: after anybody else it forgets their places, and stands at the beginning again. */
export function windowOf(personId: string | null): void {
  const before = owner;
  if (before === personId) return;
  owner = personId;
  forgetScroll();
  // An address that the window was opened with is for whoever signs in first.
  if (before !== null) go({ screen: "today" }, { replace: true });
}
