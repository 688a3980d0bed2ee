import { contact } from "../administration/contact.ts";
import { deviceHandlers } from "../administration/devices.ts";
import { locationHandlers } from "../administration/locations.ts";
import { peopleHandlers } from "../administration/people.ts";
import { receipt } from "../administration/receipt.ts";
import { auditHandlers } from "../handlers/audit.ts";
import { callsHandlers } from "../handlers/calls.ts";
import { clinicsHandlers } from "../handlers/clinics.ts";
import { rawLines } from "../handlers/raw-lines.ts";
import { reportsHandlers } from "../handlers/reports.ts";
import { retentionHandlers } from "../handlers/retention.ts";
import { sessionHandlers } from "../handlers/session.ts";
import { syncHandlers } from "../handlers/sync.ts";
import { telephonyHandlers } from "../handlers/telephony.ts";
import { todayHandlers } from "../handlers/today.ts";
import { server } from "./implementer.ts";

/** Every verb of the contract with its handler; a verb without one does not compile. */
export const router = server.router({
  session: { ...sessionHandlers, contact, receipt },
  clinics: clinicsHandlers,
  calls: { ...callsHandlers, rawLines },
  reports: reportsHandlers,
  today: todayHandlers,
  telephony: telephonyHandlers,
  sync: syncHandlers,
  people: peopleHandlers,
  locations: locationHandlers,
  devices: deviceHandlers,
  retention: retentionHandlers,
  audit: auditHandlers,
});
