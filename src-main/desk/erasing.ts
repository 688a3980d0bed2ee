import type { EndReason } from "#shared/contract/base.ts";

/** Ends of a session that somebody meant: what the desk holds of the person goes. After the others it stays, and they sign in again. */
export const erasing: ReadonlySet<EndReason> = new Set(["deviceEnded", "accountDisabled", "sessionEnded"]);
