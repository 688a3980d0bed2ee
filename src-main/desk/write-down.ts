import { randomUUID } from "node:crypto";
import { ORPCError } from "@orpc/client";
import type { DeskEvent } from "#shared/contract/audit.ts";
import type { Waiting } from "../session/waiting.ts";

/** Writes a line for the audit log; resolves once it is on this desk's disk. */
export type WriteDown = (event: Pick<DeskEvent, "action" | "subject"> & Partial<DeskEvent>) => Promise<void>;

export const createWriteDown = (waiting: Waiting, now: () => number, onWritten: () => void): WriteDown => {
  return async (event) => {
    const id = randomUUID();
    const occurredAt = new Date(now()).toISOString();
    const body: DeskEvent = { id, subjectId: null, clinicId: null, detail: {}, occurredAt, ...event };
    await waiting.append({ id, kind: "audit", body }).catch((error: unknown) => {
      throw new ORPCError("SERVICE_UNAVAILABLE", {
        status: 503,
        message:
          "This must be written down for the audit log, and the disk takes nothing. Free some room on it, then try again.",
        cause: error,
      });
    });
    onWritten();
  };
};
