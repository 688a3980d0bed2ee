import { id } from "#shared/clinic/fixture/made-up.ts";
import type { Member } from "#shared/access/member.ts";
import type { Role } from "#shared/access/role.ts";

/** A signed-in person of the made-up world: what they are in which clinic (by its number), and as which agent. */
export const memberForTest = (...roles: { clinic: number; role: Role; agent?: string }[]): Member => ({
  userId: id("0", 90),
  sessionId: id("0", 91),
  organizationId: id("0", 1),
  email: "sam@clinic.example",
  displayName: "Sam",
  roles: roles.map(({ clinic, role, agent }) => ({ clinicId: id("c", clinic), role, agentId: agent ?? null })),
});
