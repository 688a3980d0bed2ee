import { createHmac, createSecretKey, hkdfSync, type KeyObject } from "node:crypto";

/** What is derived from a replica's master key. Nothing here leads back to it. */
export type ReplicaKeys = {
  /** Tells this key from another without anything of it; 16 bytes, the same in every file of a replica. */
  check: Buffer;
  /** What stands in a file's head for its name, so that a file put in another's place is noticed; 16 bytes. */
  nameTag: (name: string) => Buffer;
  /** Authenticates a file's head; 32 bytes. */
  headTag: (head: Uint8Array) => Buffer;
  /** The key of one file, by the random id in its head. */
  fileKey: (id: Uint8Array) => KeyObject;
};

/** Derives by HKDF-SHA256, each with a purpose of its own. @param key 32 random bytes; the caller may overwrite them after */
export function replicaKeys(key: Uint8Array): ReplicaKeys {
  if (key.length !== 32) throw new Error(`A replica's key has 32 bytes, this one has ${key.length}.`);
  const master = createSecretKey(key);
  const derive = (purpose: string, salt: Uint8Array, length: number) =>
    Buffer.from(hkdfSync("sha256", master, salt, `careboard replica: ${purpose}`, length));
  const none = new Uint8Array();
  const heads = createSecretKey(derive("heads", none, 32));
  const names = createSecretKey(derive("names", none, 32));
  return {
    check: derive("check", none, 16),
    nameTag: (name) => createHmac("sha256", names).update(name).digest().subarray(0, 16),
    headTag: (head) => createHmac("sha256", heads).update(head).digest(),
    fileKey: (id) => createSecretKey(derive("file", id, 32)),
  };
}
