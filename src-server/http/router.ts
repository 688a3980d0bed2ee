import { rawLines } from "../handlers/raw-lines.ts";
import { sessionHandlers } from "../handlers/session.ts";
import { syncHandlers } from "../handlers/sync.ts";
import { telephonyHandlers } from "../handlers/telephony.ts";

/** Every verb of the contract with its handler. */
export const router = {
  session: sessionHandlers,
  calls: { rawLines },
  telephony: telephonyHandlers,
  sync: syncHandlers,
};
