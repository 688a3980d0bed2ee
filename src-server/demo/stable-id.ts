import { createHash } from "node:crypto";

/** A UUID that the same names always give: a second fill finds the rows of the first. */
export function stableId(...names: string[]): string {
  const bytes = createHash("sha256")
    .update(["careboard demo", ...names].join("\u0000"))
    .digest()
    .subarray(0, 16);
  // Version 8 (made by an own rule) and the RFC 9562 variant, so that it passes for a UUID everywhere.
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
