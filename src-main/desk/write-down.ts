import { randomUUID } from "node:crypto";
import type { DeskEvent } from "#shared/contract/audit.ts";
import type { Waiting } from "../session/waiting.ts";

/** Writes a line for the audit log; resolves once it is on this desk's disk. */
export type WriteDown = (event: Pick<DeskEvent, "action" | "subject"> & Partial<DeskEvent>) => Promise<void>;

export const createWriteDown = (waiting: Waiting, now: () => number, onWritten: () => void): WriteDown => {
  return async (event) => {
    const id = randomUUID();
    const occurredAt = new Date(now()).toISOString();
    const body: DeskEvent = { id, subjectId: null, clinicId: null, detail: {}, occurredAt, ...event };
    await waiting.append({ id, kind: "audit", body });
    onWritten();
  };
};
