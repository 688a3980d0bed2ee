import { ORPCError } from "@orpc/client";
import type { LinkState } from "./link-state.ts";

const sentences: Record<LinkState["kind"], string> = {
  connecting: "The desk did not answer in time: try again in a moment.",
  open: "The connection to the desk broke off before the answer came: try again.",
  lost: "The desk can't be reached: check that Careboard is still running. This window connects again by itself.",
  expired: "This window's link is no longer valid: open the link that the desk printed when it started.",
};

/** The refusal that a call gets when the desk can't answer it: the same kind as any other refusal, so that screens need one case only. */
export function unreachable(kind: LinkState["kind"]): ORPCError<"SERVICE_UNAVAILABLE", undefined> {
  return new ORPCError("SERVICE_UNAVAILABLE", { status: 503, message: sentences[kind] });
}
