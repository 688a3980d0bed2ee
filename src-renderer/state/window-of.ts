import { drafts, draftsOf } from "./drafts.ts";
import { forgetScroll } from "./kept-scroll.ts";
import { go } from "./use-route.ts";

/** Who this window belongs to from now on: what it kept for anybody else goes, drafts and places, and it stands at the beginning again. */
export function windowOf(personId: string | null): void {
  const before = drafts.getState().personId;
  if (before === personId) return;
  draftsOf(personId);
  forgetScroll();
  // An address that the window was opened with is for whoever signs in first.
  if (before !== null) go({ screen: "today" }, { replace: true });
}
