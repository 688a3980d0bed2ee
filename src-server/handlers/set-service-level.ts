import { ORPCError } from "@orpc/server";
import type { Kysely } from "kysely";
import { type Member, memberMay } from "#shared/access/member.ts";
import { asClinic } from "#shared/clinic/clinics.ts";
import { notFound } from "#shared/clinic/refuse.ts";
import type { Clinic, ServiceLevelRule } from "#shared/contract/clinics.ts";
import type { DB } from "#shared/schema/database.ts";
import { asMember } from "../database/as-member.ts";

/** What each number of the rule may be: the same bounds as the table's. */
const bounds = {
  seconds: { from: 1, to: 600, says: "Choose 1 to 600 seconds." },
  goal: { from: 0, to: 1, says: "Write the goal as a fraction from 0 to 1: 0.8 is 80 %." },
  shortAbandonSeconds: { from: 0, to: 60, says: "Choose 0 to 60 seconds." },
  waitLimitSeconds: { from: 1, to: 3600, says: "Choose 1 to 3600 seconds." },
} as const;

/**
 * Changes what is given of a clinic's service-level rule. Where a threshold moves, the rollups are made anew in the same
 * transaction (see resources/schema/004-rollups.sql), which takes seconds for a clinic of a million calls.
 * @throws NOT_FOUND for a clinic of others, FORBIDDEN for a role that may not, BAD_REQUEST with the fields to change
 */
export async function setServiceLevel(
  db: Kysely<DB>,
  who: Member,
  { clinicId, ...rule }: { clinicId: string } & { [K in keyof ServiceLevelRule]?: ServiceLevelRule[K] | undefined },
): Promise<Clinic> {
  if (!who.roles.some((r) => r.clinicId === clinicId))
    throw notFound("There is no such clinic among yours: choose one of the list.");
  if (!memberMay(who, "configureMetrics", clinicId))
    throw new ORPCError("FORBIDDEN", {
      message: "Only a clinic's administrators and managers set its service-level rule.",
    });
  const fields: Record<string, string> = {};
  for (const [field, { from, to, says }] of Object.entries(bounds)) {
    const value = rule[field as keyof typeof bounds];
    if (value !== undefined && !(value >= from && value <= to)) fields[field] = says;
  }
  if (Object.keys(fields).length > 0)
    throw new ORPCError("BAD_REQUEST", { message: Object.values(fields).join(" "), data: { fields } });
  const changes = {
    ...(rule.variant === undefined ? {} : { service_level_variant: rule.variant }),
    ...(rule.seconds === undefined ? {} : { service_level_seconds: rule.seconds }),
    ...(rule.goal === undefined ? {} : { service_level_goal: String(rule.goal) }),
    ...(rule.shortAbandonSeconds === undefined ? {} : { short_abandon_seconds: rule.shortAbandonSeconds }),
    ...(rule.waitLimitSeconds === undefined ? {} : { wait_limit_seconds: rule.waitLimitSeconds }),
  };
  // Calls that are being written meanwhile are waited for, and counted by the new thresholds as well: see asMember.
  const row = await asMember(
    db,
    who,
    (tx) =>
      Object.keys(changes).length === 0
        ? tx.selectFrom("clinics").selectAll().where("id", "=", clinicId).executeTakeFirstOrThrow()
        : tx.updateTable("clinics").set(changes).where("id", "=", clinicId).returningAll().executeTakeFirstOrThrow(),
    "read committed",
  );
  return asClinic(row);
}
