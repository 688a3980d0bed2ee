import { z } from "zod";

/** What a person is in one clinic. What each may is in `permission.ts`. */
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
