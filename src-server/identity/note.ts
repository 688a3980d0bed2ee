import type { Kysely } from "kysely";
import type { DB } from "#shared/schema/database.ts";
import type { AuditLine } from "../audit/audit-line.ts";
import { writeAudit } from "../audit/write-audit.ts";
import type { From } from "./identity.ts";

type Note = Pick<AuditLine, "action" | "subjectId" | "sessionId" | "deviceId" | "detail" | "organizationId"> & {
  userId: string | null;
};

/**
 * A line of the audit log about signing in, under the person's organization: looked up where it is not given. The
 * address of the network is in it, what was typed is never. The last thing that a transaction writes.
 */
export async function note(db: Kysely<DB>, from: From, { userId, organizationId, ...line }: Note): Promise<void> {
  const known = organizationId !== undefined || userId === null;
  const user = known
    ? null
    : await db.selectFrom("users").select("organization_id").where("id", "=", userId).executeTakeFirst();
  await writeAudit(db, {
    ...line,
    subject: "session",
    userId,
    organizationId: organizationId ?? user?.organization_id ?? null,
    requestId: from.requestId,
    detail: { ...line.detail, address: from.address },
  });
}
