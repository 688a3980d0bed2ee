const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The text of bytes from a phone system: UTF-8, and ISO-8859-1 where they are not. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return Buffer.from(bytes).toString("latin1");
  }
}
