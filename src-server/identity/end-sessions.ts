import { type Kysely, sql } from "kysely";
import type { EndReason } from "#shared/contract/base.ts";
import type { DB } from "#shared/schema/database.ts";

type Which = ({ userId: string } | { deviceId: string } | { sessionId: string }) & { except?: string };

/**
 * Ends the sessions of a person, of a device, or one (but not `except`): from now on their tokens are answered with the reason.
 * Returns the people whose sessions ended, each once. The tokens stay written down until they are over, so that the reason can be said.
 */
export async function endSessions(db: Kysely<DB>, which: Which, reason: EndReason): Promise<string[]> {
  const column = "userId" in which ? "user_id" : "deviceId" in which ? "device_id" : "id";
  const value = "userId" in which ? which.userId : "deviceId" in which ? which.deviceId : which.sessionId;
  const ended = await db
    .updateTable("sessions")
    .set({ ended_at: sql`now()`, ended_reason: reason })
    .where(column, "=", value)
    .where("ended_at", "is", null)
    .$if(which.except !== undefined, (q) => q.where("id", "!=", which.except ?? ""))
    .returning("user_id")
    .execute();
  return [...new Set(ended.map((s) => s.user_id))];
}
