import { createHash } from "node:crypto";
import { type FileHandle, readFile, rm } from "node:fs/promises";
import { writeAtomically } from "./write-atomically.ts";

/** How far a file has been read, and what it was: enough to tell it from another file under the same name. */
export type FilePlace = { path: string; inode: string; offset: number; before: string };

const looked = 4096;

/** A digest of the bytes just before the offset: a file that was rewritten in its place doesn't have them any more. */
export async function bytesBefore(file: FileHandle, offset: number): Promise<string> {
  const from = Math.max(0, offset - looked);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(offset - from), 0, offset - from, from);
  return createHash("sha256").update(buffer.subarray(0, bytesRead)).digest("hex");
}

export const savePlace = (path: string, place: FilePlace): Promise<void> =>
  writeAtomically(path, JSON.stringify(place));
export const forgetPlace = (path: string): Promise<void> => rm(path, { force: true });

/** Where reading goes on: the kept offset if this is still the same file, else its beginning. Reading again does no harm. */
export async function placeIn(statePath: string, path: string, file: FileHandle): Promise<number> {
  let held: Partial<FilePlace>;
  try {
    held = JSON.parse(await readFile(statePath, "utf8")) as Partial<FilePlace>;
  } catch {
    return 0;
  }
  const { size, ino } = await file.stat({ bigint: true });
  const { offset } = held;
  if (held.path !== path || held.inode !== String(ino) || typeof offset !== "number" || offset > Number(size)) return 0;
  return (await bytesBefore(file, offset)) === held.before ? offset : 0;
}
