import { auditAction, type AuditAction } from "#shared/access/audit-action.ts";
import { dayBegins, dayEnds } from "../../format/day-instants.ts";
import { isDay } from "../../format/days.ts";

/** What narrows the log, as it stands in the address. Days are the clinic's. */
export type AuditFilter = { from?: string; until?: string; userId?: string; action?: AuditAction; search?: string };

const idLike = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;

export function readAuditFilter(params: Record<string, string>): AuditFilter {
  const filter: AuditFilter = {};
  const { from, until, userId, search } = params;
  if (from && isDay(from)) filter.from = from;
  if (until && isDay(until)) filter.until = until;
  if (filter.from && filter.until && filter.from > filter.until) {
    [filter.from, filter.until] = [filter.until, filter.from];
  }
  if (userId && idLike.test(userId)) filter.userId = userId;
  const action = auditAction.safeParse(params["action"]);
  if (action.success) filter.action = action.data;
  if (search) filter.search = search.slice(0, 100);
  return filter;
}

/** The same as the verb takes it. */
export function auditQuestion(filter: AuditFilter, clinicId: string, timeZone: string) {
  const { from, until, ...rest } = filter;
  return {
    clinicId,
    ...rest,
    ...(from ? { from: dayBegins(from, timeZone) } : {}),
    ...(until ? { until: dayEnds(until, timeZone) } : {}),
  };
}
