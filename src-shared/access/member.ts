import { z } from "zod";
import { may } from "./may.ts";
import { role } from "./role.ts";

/** A signed-in person with what they are in each clinic: what every access decision starts from. */
export const member = z.object({
  userId: z.uuid(),
  sessionId: z.uuid(),
  organizationId: z.uuid(),
  email: z.string(),
  displayName: z.string(),
  roles: z.array(z.object({ clinicId: z.uuid(), role, agentId: z.uuid().nullable() })),
});
export type Member = z.infer<typeof member>;

/** Clinics whose calls this person may see whole. */
export const clinicsSeenWhole = (who: Member): string[] =>
  who.roles.filter((r) => may[r.role].calls === "clinic").map((r) => r.clinicId);

/** Agents whose calls this person may see because they are that agent. */
export const ownAgents = (who: Member): string[] =>
  who.roles.flatMap((r) => (may[r.role].calls === "own" && r.agentId ? [r.agentId] : []));

/** Clinics this person belongs to in any role. */
export const memberClinics = (who: Member): string[] => who.roles.map((r) => r.clinicId);

/** Clinics whose phone systems this person may configure: sources, extensions, the rejected list. */
export const clinicsConfigured = (who: Member): string[] =>
  who.roles.filter((r) => may[r.role].configureSources).map((r) => r.clinicId);
