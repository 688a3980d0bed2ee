import { ORPCError } from "@orpc/server";
import type { EndReason } from "#shared/contract/base.ts";
import { signReceiptToken } from "./receipt-token.ts";
import type { Standing } from "./standing.ts";

type Unauthorized = ORPCError<"UNAUTHORIZED", { reason: EndReason; receipt?: string } | undefined>;

const sentences: Record<EndReason, string> = {
  signedOut: "This session was signed out: sign in again.",
  expired: "This sign-in is over: refresh its tokens, or sign in again.",
  deviceEnded: "An administrator ended this device: ask them to admit it again.",
  sessionEnded: "An administrator ended this session: sign in again.",
  accountDisabled: "This account is disabled: ask your administrator.",
  tokenReused: "A token of this session was used twice, as a thief would: sign in again, and tell your administrator.",
  passwordChanged: "The password was changed: sign in again with the new one.",
  erased: "This desk's data was erased: sign in again.",
};

/**
 * Why a request has no member, as a desk acts on it: `expired` asks for new tokens, the others end the session on the desk. The
 * receipt's token comes with each session that somebody ended.
 */
export async function unauthorized(key: Uint8Array, standing: Standing | { is: "over" }): Promise<Unauthorized | null> {
  if (standing.is === "member") return null;
  if (standing.is === "over") return refused("expired");
  if (standing.is === "nobody")
    return new ORPCError("UNAUTHORIZED", {
      message: "Sign in first: send the access token of POST /api/session as Authorization: Bearer.",
    });
  const { reason } = standing;
  const byTheClock = reason === "expired" || reason === "signedOut";
  return refused(reason, byTheClock ? undefined : await signReceiptToken(key, standing));
}

const refused = (reason: EndReason, receipt?: string): Unauthorized =>
  new ORPCError("UNAUTHORIZED", { message: sentences[reason], data: { reason, ...(receipt ? { receipt } : {}) } });
