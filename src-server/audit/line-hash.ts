import { createHash } from "node:crypto";

/** The columns of a line as they are hashed, each as the text that `columnsAsText` of verify-chain.ts gives. */
export const hashedColumns = [
  "id",
  "at",
  "occurred_at",
  "organization_id",
  "clinic_id",
  "user_id",
  "session_id",
  "device_id",
  "request_id",
  "action",
  "subject",
  "subject_id",
  "detail",
  "desk_event",
] as const;

export type HashedText = Record<(typeof hashedColumns)[number], string | null>;

/** Before the first line. */
export const genesis = Buffer.alloc(32);

const piece = (text: string | null) => (text === null ? "-," : `${Buffer.byteLength(text)}:${text},`);

/** SHA-256 over the hash before and every column, each with its length in bytes: the same as chain_audit_line() computes. */
export const lineHash = (previous: Uint8Array, line: HashedText): Buffer =>
  createHash("sha256")
    .update(previous)
    .update(hashedColumns.map((column) => piece(line[column])).join(""))
    .digest();
