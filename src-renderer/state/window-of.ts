import { drafts, draftsOf } from "./drafts.ts";
import { forgetScroll } from "./kept-scroll.ts";

/** Who this window belongs to from now on: what it kept for anybody else, drafts and places, goes. */
export function windowOf(personId: string | null): void {
  if (drafts.getState().personId !== personId) forgetScroll();
  draftsOf(personId);
}
