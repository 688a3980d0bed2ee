import type { Role } from "./role.ts";

/** Whose calls a role may see in its clinic: all, only those the person answered, or none. */
export type CallScope = "clinic" | "own" | "none";

/** The one table of what a role may. Row-level security, gatekeeper and handlers are held against it. */
export const may: Record<Role, { calls: CallScope; configureSources: boolean }> = {
  superadmin: { calls: "clinic", configureSources: true },
  clinic_admin: { calls: "clinic", configureSources: true },
  manager: { calls: "clinic", configureSources: false },
  supervisor: { calls: "clinic", configureSources: false },
  call_center_agent: { calls: "own", configureSources: false },
  provider: { calls: "none", configureSources: false },
  staff: { calls: "none", configureSources: false },
  viewer: { calls: "clinic", configureSources: false },
  board: { calls: "clinic", configureSources: false },
};
