import { clinicsWith, type Member, memberClinics, ownAgents, teamLocations } from "#shared/access/member.ts";
import { type Permission, permissions } from "#shared/access/permission.ts";

/** What row-level security decides by (see claimed() in src-server/policy/002-claims.sql). Who belongs to no clinic claims nothing. */
export function claims(who: Member): Record<string, string[]> {
  const belongs = who.roles.length > 0;
  return {
    user: belongs ? [who.userId] : [],
    organization: belongs ? [who.organizationId] : [],
    clinics: memberClinics(who),
    agents: ownAgents(who),
    locations: teamLocations(who),
    ...Object.fromEntries(
      (Object.keys(permissions) as Permission[]).map((permission) => [permission, clinicsWith(who, permission)]),
    ),
  };
}
