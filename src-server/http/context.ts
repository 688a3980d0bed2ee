import type { Kysely } from "kysely";
import type { Pool } from "pg";
import type { Member } from "#shared/access/member.ts";
import type { DB } from "#shared/schema/database.ts";
import type { SessionKey } from "../identity/session-key.ts";

/** What every handler of the clinic server is given with a request. `member` is null before sign-in. */
export type ServerContext = {
  db: Kysely<DB>;
  pool: Pool;
  member: Member | null;
  sessionKey: SessionKey;
  requestId: string;
};
