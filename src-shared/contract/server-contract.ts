import { devices, locations, people, retention } from "./administration.ts";
import { audit } from "./audit.ts";
import { calls } from "./calls.ts";
import { clinics } from "./clinics.ts";
import { reports, today } from "./reports.ts";
import { session } from "./session.ts";
import { sync } from "./sync.ts";
import { telephony } from "./telephony.ts";

/** Every verb of the clinic server, once: REST under `/api`, and what the desk forwards. */
export const serverContract = {
  session,
  clinics,
  calls,
  reports,
  today,
  telephony,
  sync,
  people,
  locations,
  devices,
  retention,
  audit,
};
