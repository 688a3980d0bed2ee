import { crc32 } from "node:zlib";
import type { Offset } from "./offset.ts";

/**
 * One message in a shape's log: length of what follows the checksum, checksum, LSN, operation, a flag, the message's JSON.
 * The flag marks the last message of a transaction: what follows the last flagged frame was never committed.
 */
export type Frame = { offset: Offset; last: boolean; json: Buffer };

const prefix = 8;
const head = 13;
export const frameHead = prefix + head;

export function encodeFrame({ lsn, op }: Offset, last: boolean, json: string): Buffer {
  const length = Buffer.byteLength(json);
  const frame = Buffer.allocUnsafe(frameHead + length);
  frame.writeUInt32BE(head + length, 0);
  frame.writeBigUInt64BE(lsn, 8);
  frame.writeUInt32BE(op, 16);
  frame.writeUInt8(last ? 1 : 0, 20);
  frame.write(json, frameHead);
  frame.writeUInt32BE(crc32(frame.subarray(prefix)), 4);
  return frame;
}

/** The frame at `at` and where the next begins; null when it isn't whole, `broken` when its bytes don't match their checksum. */
export function decodeFrame(bytes: Buffer, at: number): { frame: Frame; next: number } | "broken" | null {
  if (at + frameHead > bytes.length) return null;
  const length = bytes.readUInt32BE(at);
  if (length < head) return "broken";
  const next = at + prefix + length;
  if (next > bytes.length) return null;
  if (crc32(bytes.subarray(at + prefix, next)) !== bytes.readUInt32BE(at + 4)) return "broken";
  return {
    frame: {
      offset: { lsn: bytes.readBigUInt64BE(at + 8), op: bytes.readUInt32BE(at + 16) },
      last: bytes.readUInt8(at + 20) === 1,
      json: bytes.subarray(at + frameHead, next),
    },
    next,
  };
}
