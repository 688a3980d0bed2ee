import { type Kysely, type RawBuilder, sql } from "kysely";
import type { AuditEntry } from "#shared/contract/audit.ts";
import { badField } from "#shared/clinic/refuse.ts";
import type { DB } from "#shared/schema/database.ts";

/** Which lines: those of a clinic, and those without one whose person belongs to it, or to its organization alone. */
export type AuditFilter = {
  clinicId: string;
  from?: string | undefined;
  until?: string | undefined;
  userId?: string | undefined;
  action?: string | undefined;
  search?: string | undefined;
};

/** More than that is asked for by shorter times. */
const mostExported = 50_000;

/** One page, newest first. Row-level security decides what is there at all: `db` is a transaction of asMember(). */
export async function searchLines(
  db: Kysely<DB>,
  { cursor, limit, ...filter }: AuditFilter & { cursor?: string | undefined; limit: number },
): Promise<{ entries: AuditEntry[]; nextCursor: string | null }> {
  if (cursor !== undefined && !/^\d{1,15}$/.test(cursor))
    throw badField("cursor", "Give back the nextCursor of the page before, unchanged.");
  const before = cursor === undefined ? sql`true` : sql`l.id < ${Number(cursor)}`;
  const rows = await lines(db, sql`${matching(filter)} and ${before}`, sql`l.id desc`, limit + 1);
  const entries = rows.slice(0, limit);
  return { entries, nextCursor: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
}

/** Oldest first; `cut` says that there are more than were given. */
export async function exportLines(
  db: Kysely<DB>,
  filter: AuditFilter,
  most = mostExported,
): Promise<{ entries: AuditEntry[]; cut: boolean }> {
  const rows = await lines(db, matching(filter), sql`l.id`, most + 1);
  return { entries: rows.slice(0, most), cut: rows.length > most };
}

function matching(filter: AuditFilter): RawBuilder<unknown> {
  const { clinicId, from, until, userId, action, search } = filter;
  const conditions = [
    sql`(
      l.clinic_id = ${clinicId}
      or l.clinic_id is null and l.user_id in (select user_id from user_clinic_roles where clinic_id = ${clinicId})
      or l.clinic_id is null and l.user_id is null
        and l.organization_id = (select organization_id from clinics where id = ${clinicId})
    )`,
  ];
  if (from !== undefined) conditions.push(sql`l.occurred_at >= ${from}`);
  if (until !== undefined) conditions.push(sql`l.occurred_at < ${until}`);
  if (userId !== undefined) conditions.push(sql`l.user_id = ${userId}`);
  if (action !== undefined) conditions.push(sql`l.action = ${action}`);
  if (search) {
    const pattern = `%${search.replaceAll("\0", "").replace(/[\\%_]/g, "\\$&")}%`;
    conditions.push(
      sql`(l.subject ilike ${pattern} or l.subject_id ilike ${pattern} or l.detail::text ilike ${pattern})`,
    );
  }
  return sql.join(conditions, sql` and `);
}

/** People and devices are named as they are called now, where the asker may see them. */
async function lines(
  db: Kysely<DB>,
  condition: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
  limit: number,
): Promise<AuditEntry[]> {
  const { rows } = await sql<AuditEntry>`
    select l.id::text as id, l.at, l.occurred_at as "occurredAt", l.clinic_id as "clinicId", l.user_id as "userId",
      u.display_name as person, d.name as device, l.action, l.subject, l.subject_id as "subjectId", l.detail,
      l.request_id as "requestId", encode(l.hash, 'hex') as hash
    from audit_log l left join users u on u.id = l.user_id left join devices d on d.id = l.device_id
    where ${condition} order by ${order} limit ${limit}`.execute(db);
  return rows;
}
