import { type Kysely, sql } from "kysely";
import type { Logger } from "pino";
import type { DB } from "#shared/schema/database.ts";
import { keepAnchors } from "./keep-anchors.ts";
import { type AuditTrail, createTrail } from "./trail.ts";

/** How the audit log stands, without anything of what it holds. `broken`: it no longer ends as it was anchored. */
export type AuditHealth = { state: "ok" | "broken"; lastLine: number; lastAt: string | null; anchored: number | null };

export type Audit = { trail: AuditTrail; health: () => Promise<AuditHealth>; stop: () => Promise<void> };

/** The audit log of a running server: where lines are written, and its anchors in the data folder. */
export async function startAudit(options: {
  system: Kysely<DB>;
  folder: string;
  log: Pick<Logger, "info" | "error">;
}): Promise<Audit> {
  const anchors = await keepAnchors(options);
  return {
    trail: createTrail(options.system, anchors.written),
    health: async () => {
      const { rows } = await sql<{ lastLine: number; lastAt: string }>`
        select id as "lastLine", at as "lastAt" from audit_log order by id desc limit 1`.execute(options.system);
      const { anchored, holds } = anchors.state();
      return {
        state: holds ? "ok" : "broken",
        lastLine: rows[0]?.lastLine ?? 0,
        lastAt: rows[0]?.lastAt ?? null,
        anchored,
      };
    },
    stop: anchors.stop,
  };
}
