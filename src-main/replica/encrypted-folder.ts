import { randomBytes } from "node:crypto";
import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { blockSize, sealedSize } from "./encrypted-block.ts";
import { type EncryptedFile, readWhole, writeWhole } from "./encrypted-file.ts";
import { decodeHead, encodeHead, type Head, headSize } from "./encrypted-head.ts";
import type { ReplicaKeys } from "./encrypted-keys.ts";
import { OnceFile } from "./encrypted-once.ts";
import { TwiceFile } from "./encrypted-twice.ts";

/** Tables and indexes: their first and further segments, of this session alone (t…) too. Other files are the log, maps, settings. */
const ofRelation = /^(base\/\d+|global)\/(t\d+_)?\d+(\.\d+)?$/;
/** Of this session alone, or begun anew at each start: no crash is to be survived. */
const passing = /(^|\/)(t\d+_\d+[^/]*|pgsql_tmp[^/]*)$|^pg_stat_tmp\//;

const mostIdle = 64;

/** The files of a folder, encrypted with keys of one replica. Names are relative to it, with "/" between. One process has it at a time. */
export class EncryptedFolder {
  /** The first thing that was noticed not to be as it was written: it names file and block. */
  damage: string | null = null;
  /** Called at the first damage. */
  onDamage: (problem: string) => void = () => {};
  readonly #root: string;
  readonly #keys: ReplicaKeys;
  readonly #waits: boolean;
  readonly #open = new Map<string, EncryptedFile>();
  /** Those of them that nobody uses, the longest unused first. */
  readonly #idle = new Set<EncryptedFile>();

  /** @param waits whether writing waits for the disk where it has to */
  constructor(root: string, keys: ReplicaKeys, waits = true) {
    this.#root = root;
    this.#keys = keys;
    this.#waits = waits;
    rmSync(this.#making, { force: true });
  }

  /** Makes an empty file. It appears with its head, so that a file without one was cut, and no crash looks like that. */
  create(name: string): void {
    const tag = this.#keys.nameTag(name);
    const places = ofRelation.test(name) ? 1 : 2;
    const head: Head = { id: randomBytes(16), places, length: 0, version: 0, name: tag, nextName: tag };
    const fd = openSync(this.#making, "wx", 0o600);
    try {
      writeWhole(fd, Buffer.concat([encodeHead(head, this.#keys)], headSize), 0);
      if (this.#durable(name)) fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(this.#making, this.path(name));
  }

  open(name: string): EncryptedFile {
    const file = this.#open.get(name) ?? this.#load(name);
    this.#open.set(name, file);
    this.#idle.delete(file);
    file.users++;
    return file;
  }

  /** Gives a file back. It is kept open for a while: opening derives a key, and reads what a crash may have left. */
  release(file: EncryptedFile): void {
    if (--file.users > 0) return;
    // A file that was removed while it was open may have a namesake by now.
    if (this.#open.get(file.name) !== file) return file.close();
    if (this.damage === null) file.sync(true);
    this.#idle.delete(file);
    this.#idle.add(file);
    for (const oldest of this.#idle) {
      if (this.#idle.size <= mostIdle) break;
      this.#forget(oldest);
    }
  }

  /** Opens a file for one piece of work. */
  with<T>(name: string, work: (file: EncryptedFile) => T): T {
    const file = this.open(name);
    try {
      return work(file);
    } finally {
      this.release(file);
    }
  }

  /** How many bytes a file has, from its head and the system's figure alone. */
  size(name: string): number {
    const open = this.#open.get(name);
    if (open) return open.size;
    const fd = openSync(this.path(name), "r");
    try {
      const head = this.#head(name, fd);
      if (head.places === 2) return head.length;
      return Math.floor((fstatSync(fd).size - headSize) / sealedSize) * blockSize;
    } finally {
      closeSync(fd);
    }
  }

  /** The head has both names until the new one stands: whichever a crash leaves, it is right. */
  rename(from: string, to: string): void {
    const [before, after] = [this.#keys.nameTag(from), this.#keys.nameTag(to)];
    this.with(from, (file) => {
      file.rename(before, after, true);
      this.#forgetIdle(to);
      renameSync(this.path(from), this.path(to));
      this.#open.delete(from);
      file.name = to;
      this.#open.set(to, file);
      file.rename(after, after, false);
    });
  }

  remove(name: string): void {
    this.#forgetIdle(name);
    unlinkSync(this.path(name));
    this.#open.delete(name);
  }

  path(name: string): string {
    return join(this.#root, name);
  }

  /** Closes whatever is open, as it is. */
  close(): void {
    for (const file of this.#open.values()) file.close();
    this.#open.clear();
    this.#idle.clear();
  }

  #forget(file: EncryptedFile): void {
    this.#idle.delete(file);
    this.#open.delete(file.name);
    file.close();
  }

  #forgetIdle(name: string): void {
    const file = this.#open.get(name);
    if (file?.users === 0) this.#forget(file);
  }

  get #making(): string {
    return `${this.#root}.making`;
  }

  #durable(name: string): boolean {
    return this.#waits && !passing.test(name);
  }

  #load(name: string): EncryptedFile {
    const fd = openSync(this.path(name), "r+");
    try {
      const head = this.#head(name, fd);
      const opened = { name, fd, head, keys: this.#keys, durable: this.#durable(name), damaged: this.#damaged };
      return head.places === 1 ? new OnceFile(opened) : new TwiceFile(opened);
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  }

  #head(name: string, fd: number): Head {
    const bytes = Buffer.alloc(headSize);
    const head = decodeHead(bytes.subarray(0, readWhole(fd, bytes, headSize, 0)), this.#keys);
    if (typeof head === "string") throw this.#damaged(name, "its head is not what was written");
    const tag = this.#keys.nameTag(name);
    if (!head.name.equals(tag) && !head.nextName.equals(tag)) throw this.#damaged(name, "it is another file");
    return head;
  }

  readonly #damaged = (name: string, what: string): Error => {
    const problem = `The file ${name} is damaged: ${what}.`;
    if (this.damage === null) this.onDamage(problem);
    this.damage ??= problem;
    return Object.assign(new Error(problem), { code: "EIO" });
  };
}

/** Files that every replica has from its first moment on, and that are never made anew together. */
const always = ["PG_VERSION", "global/pg_control", "postgresql.conf"];

/**
 * What the files of a replica are to a key, before anything opens them: readable, another key's, in clear text (as version
 * 0.1 left them), or none there. One damaged head among them doesn't make a key wrong.
 */
export function judgeFolder(root: string, keys: ReplicaKeys): "fits" | "otherKey" | "clear" | "none" {
  const seen = always.map((name) => {
    try {
      return decodeHead(readFileSync(join(root, name)).subarray(0, headSize), keys);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return "none";
      throw error;
    }
  });
  if (seen.every((s) => s === "none")) return "none";
  if (seen.some((s) => typeof s === "object" || s === "changed")) return "fits";
  return seen.includes("otherKey") ? "otherKey" : "clear";
}
