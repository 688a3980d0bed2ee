import { callsHandlers } from "../handlers/calls.ts";
import { clinicsHandlers } from "../handlers/clinics.ts";
import { reportsHandlers } from "../handlers/reports.ts";
import { sessionHandlers } from "../handlers/session.ts";
import { syncHandlers } from "../handlers/sync.ts";
import { telephonyHandlers } from "../handlers/telephony.ts";
import { todayHandlers } from "../handlers/today.ts";

/** Every verb of the contract with its handler. */
export const router = {
  session: sessionHandlers,
  clinics: clinicsHandlers,
  calls: callsHandlers,
  reports: reportsHandlers,
  today: todayHandlers,
  telephony: telephonyHandlers,
  sync: syncHandlers,
};
