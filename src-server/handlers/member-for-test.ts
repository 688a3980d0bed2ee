import { id } from "#shared/clinic/fixture/made-up.ts";
import type { Member } from "#shared/access/member.ts";
import type { Role } from "#shared/access/role.ts";

/** A signed-in person of the made-up world: what they are in which clinic (by its number), as which agent, and where they are staff. */
export const memberForTest = (
  ...roles: { clinic: number; role: Role; agent?: string; locations?: string[] }[]
): Member => ({
  userId: id("0", 90),
  sessionId: id("0", 91),
  deviceId: null,
  organizationId: id("0", 1),
  email: "sam@clinic.example",
  displayName: "Sam",
  roles: roles.map(({ clinic, role, agent, locations }) => ({
    clinicId: id("c", clinic),
    role,
    agentId: agent ?? null,
    locationIds: locations ?? [],
  })),
});
