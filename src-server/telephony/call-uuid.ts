import { createHash } from "node:crypto";

/** The id of a call, from its source and the phone system's callid: the same call always gets the same id (RFC 9562, version 8). */
export function callUuid(sourceId: string, callId: string): string {
  const bytes = createHash("sha256").update(`careboard call\n${sourceId}\n${callId}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
