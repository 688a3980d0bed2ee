import type { EndReason } from "#shared/contract/base.ts";
import { endOf } from "../session/tokens.ts";

/** Ends of a session that somebody meant: what the desk holds of the person goes. After the others it stays, and they sign in again. */
export const erasing: ReadonlySet<EndReason> = new Set(["deviceEnded", "accountDisabled", "sessionEnded"]);

/** Why what is held has to go, if an error says that. */
export const endedBy = (error: unknown): EndReason | null => {
  const reason = endOf(error, null)?.reason;
  return reason && erasing.has(reason) ? reason : null;
};
