import { z } from "zod";

/** What a person is in one clinic. The order is that of seed 002 and issue 3; the meaning of each is in `may.ts`. */
export const role = z.enum([
  "superadmin",
  "clinic_admin",
  "manager",
  "supervisor",
  "call_center_agent",
  "provider",
  "staff",
  "viewer",
  "board",
]);
export type Role = z.infer<typeof role>;
