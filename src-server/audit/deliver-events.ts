import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Member } from "#shared/access/member.ts";
import type { DeskEvent } from "#shared/contract/audit.ts";
import { must } from "#shared/kit/must.ts";
import type { ServerContext } from "../http/context.ts";
import { tooMany } from "../identity/failures.ts";
import type { AuditLine } from "./audit-line.ts";
import { who } from "./who.ts";
import { writeAudit } from "./write-audit.ts";

/** A desk's clock may run ahead by that much before its word is marked, in milliseconds. */
const skew = 120_000;
/** What is further ahead than this is no time at all: it would stand beyond what the log can show. */
const farthest = 366 * 86_400_000;
/** No desk of ours ran before. */
const first = Date.parse("2020-01-01T00:00:00Z");

/**
 * Lines that one person's desks deliver in an hour. A desk that was away for two weeks has far fewer; more would fill a log from which
 * nothing is ever removed.
 */
const mostAnHour = 20_000;
const delivered = new RateLimiterMemory({ points: mostAnHour, duration: 3600 });

async function refuseFlood(userId: string, lines: number): Promise<void> {
  try {
    await delivered.consume(userId, lines);
  } catch (left) {
    if (!(left instanceof RateLimiterRes)) throw left;
    throw tooMany(
      Math.max(1, Math.ceil(left.msBeforeNext / 1000)),
      "This account delivers very many lines for the audit log",
    );
  }
}

/**
 * Writes down what a desk saw happen, as the person of its session. Each event once, however often it is delivered; all of a delivery
 * or none. Returns how many of them are kept now.
 * @throws TOO_MANY_REQUESTS beyond what desks deliver in an hour
 */
export async function deliverEvents(
  context: Pick<ServerContext, "system" | "member" | "formerly" | "requestId">,
  member: Member,
  events: DeskEvent[],
  now = Date.now(),
): Promise<number> {
  await refuseFlood(member.userId, events.length);
  const clinics = await clinicsOnceHeld(context, member);
  await writeAudit(
    context.system,
    events.map((event): AuditLine => {
      const { id, action, subject, subjectId, clinicId, occurredAt } = event;
      const own = clinicId === null || clinics.has(clinicId);
      const said = Date.parse(occurredAt);
      const clock = clockOf(said, now);
      const unusable = clock === "behind" || said > now + farthest;
      return {
        ...who(context),
        action,
        subject,
        subjectId,
        clinicId: own ? clinicId : null,
        // Before any year that a clock shows by mistake there is year 0, which PostgreSQL has not; and offsets that it has not.
        occurredAt: new Date(unusable ? now : said).toISOString(),
        detail: {
          ...event.detail,
          ...(own ? {} : { claimedClinic: clinicId }),
          ...(clock ? { clock } : {}),
          ...(unusable ? { said: occurredAt } : {}),
        },
        deskEvent: id,
      };
    }),
  );
  return events.length;
}

function clockOf(said: number, now: number): "ahead" | "behind" | null {
  if (said > now + skew) return "ahead";
  return said < first ? "behind" : null;
}

/** The person's clinics, now or before: what they did there without a network arrives after the clinic was taken away. */
async function clinicsOnceHeld({ system }: Pick<ServerContext, "system">, member: Member): Promise<Set<string>> {
  const held = await system
    .selectFrom("user_clinic_roles as r")
    .innerJoin("clinics as c", "c.id", "r.clinic_id")
    .where("r.user_id", "=", member.userId)
    .where("c.organization_id", "=", member.organizationId)
    .select("r.clinic_id")
    .execute();
  return new Set([...member.roles.map((r) => r.clinicId), ...held.map((r) => must(r.clinic_id, "a role's clinic"))]);
}
