import { type Kysely, sql } from "kysely";
import type { DB } from "#shared/schema/database.ts";

/**
 * Forgets what sign-in no longer needs: tokens that are over (until then they say why their session ended), sign-ins by a provider
 * that were left off, failures that count no more. A session that nobody can refresh any more is over, and says so to the administrator.
 */
export async function forgetExpired(db: Kysely<DB>): Promise<void> {
  await sql`
    update sessions s set ended_at = now(), ended_reason = 'expired'
    where s.ended_at is null
      and (s.expires_at <= now() or not exists (select from refresh_tokens t where t.session_id = s.id and not t.dead and t.expires_at > now()))
      and s.created_at < now() - interval '1 hour'`.execute(db);
  await sql`delete from refresh_tokens where expires_at < now() - interval '1 day'`.execute(db);
  await sql`delete from oidc_sign_ins where expires_at < now()`.execute(db);
  await sql`delete from sign_in_failures where greatest(last_at, locked_until) < now() - interval '1 hour'`.execute(db);
}
