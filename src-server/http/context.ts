import type { ORPCError } from "@orpc/server";
import type { Kysely } from "kysely";
import type { Pool } from "pg";
import type { Member } from "#shared/access/member.ts";
import type { DB } from "#shared/schema/database.ts";
import type { AuditTrail } from "../audit/trail.ts";
import type { From, Identity } from "../identity/identity.ts";

/** What every handler of the clinic server is given with a request. */
export type ServerContext = {
  /** Good inside `asMember()` alone: outside of it this handle sees nothing. */
  db: Kysely<DB>;
  /** The server's own handle, for what no person does by their own right. */
  system: Kysely<DB>;
  /** The same for what runs without Kysely. */
  systemPool: Pool;
  /** Null before sign-in. */
  member: Member | null;
  /** Why a token that was sent makes nobody a member; null where none was sent. */
  whyNobody: ORPCError<string, unknown> | null;
  /** Whose session that token was of, as far as it is known. */
  formerly: { sessionId: string; userId: string } | null;
  identity: Identity;
  /** Signs tokens of receipts. */
  sessionKey: Uint8Array;
  /** Where the request comes from. */
  from: From;
  requestId: string;
  audit: AuditTrail;
  /** What a person may see has changed: their waiting desks are told to look again. */
  accessChanged: (userId: string) => void;
};
