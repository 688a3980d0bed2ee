import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from "node:crypto";

/** Begins a file of sealed lines: eight letters, then 16 random bytes that no other file has. */
const magic = Buffer.from("careL\x01\r\n");
export const beginSize = 24;
export const newBegin = (): Buffer => Buffer.concat([magic, randomBytes(16)]);

const overhead = 12 + 16;
/** A length beyond this was never written by us. */
const most = 1024 * 1024;

export const lineKey = (master: Uint8Array): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync("sha256", master, new Uint8Array(), "careboard waiting lines", 32)));

/** Each line is bound to its file and to its place in it: none can be moved, doubled or put into another file. */
function bound(begin: Buffer, number: number): Buffer {
  const bytes = Buffer.alloc(beginSize + 6);
  begin.copy(bytes);
  bytes.writeUIntLE(number, beginSize, 6);
  return bytes;
}

/** Length (4 bytes), nonce, cipher text, tag: AES-256-GCM. */
export function sealLine(key: KeyObject, begin: Buffer, number: number, text: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(bound(begin, number));
  const sealed = Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(sealed.length);
  return Buffer.concat([length, sealed]);
}

export type ReadLines = {
  begin: Buffer;
  texts: string[];
  /** Lines so far, also those that can't be read. */
  count: number;
  /** Where the next line goes; what lies behind was torn by a crash. */
  end: number;
  /** Whole lines that don't authenticate: somebody changed them. */
  spoiled: number;
};

/** The lines of a file; null when it doesn't begin as one (it is empty, or was torn before its first line). */
export function readLines(key: KeyObject, bytes: Buffer): ReadLines | null {
  if (bytes.length < beginSize || !bytes.subarray(0, magic.length).equals(magic)) return null;
  const begin = Buffer.from(bytes.subarray(0, beginSize));
  const read: ReadLines = { begin, texts: [], count: 0, end: beginSize, spoiled: 0 };
  let skipped = 0;
  for (let at = beginSize; at + 4 <= bytes.length;) {
    const length = bytes.readUInt32LE(at);
    if (length < overhead || length > most || at + 4 + length > bytes.length) break;
    const text = unseal(key, bound(begin, read.count + skipped), bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
    if (text === null) skipped++;
    else {
      // What doesn't authenticate in the middle was changed; at the very end it is what a crash left.
      read.spoiled += skipped;
      read.count += skipped + 1;
      skipped = 0;
      read.texts.push(text);
      read.end = at;
    }
  }
  return read;
}

function unseal(key: KeyObject, aad: Buffer, sealed: Buffer): string | null {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12));
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(-16));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
