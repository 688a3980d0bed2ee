import { type FileHandle, open, stat } from "node:fs/promises";
import { bytesBefore, forgetPlace, placeIn, savePlace } from "./file-place.ts";
import { keepLines } from "./keep-lines.ts";
import { LineCutter } from "./line-cutter.ts";
import { pause } from "./pause.ts";
import type { Spool } from "./spool.ts";

const block = 256 * 1024;
const lookAgain = 400;
/** The file itself keeps what is not read yet: no need to have all of it in the spool as well. */
const mostBacklog = 16 * 1024 * 1024;

type Options = {
  path: string;
  /** Where it is kept how far reading came. */
  state: string;
  follow: boolean;
  stop: AbortSignal;
  log: (sentence: string) => void;
};

/**
 * Reads a file of records into the spool; with `follow` goes on with what is added, and with the file that takes its
 * place. A restart goes on where the last run was; a one-shot run that came to its end begins anew the next time.
 *
 * @throws when there is no such file and nothing to follow
 */
export async function readFileInto(spool: Spool, options: Options): Promise<void> {
  const { path, follow, stop, log } = options;
  let waited = false;
  let firstFile = true;
  while (!stop.aborted) {
    const file = await open(path, "r").catch((error: unknown) => {
      if (!follow)
        throw new Error(`${path} can't be read (${(error as { code?: string }).code}): check --file.`, {
          cause: error,
        });
      return null;
    });
    if (!file) {
      if (!waited) log("The file isn't there yet: waiting for it.");
      waited = true;
      await pause(lookAgain, stop);
      continue;
    }
    try {
      const offset = firstFile ? await placeIn(options.state, path, file) : 0;
      firstFile = false;
      await readOne(spool, file, offset, options);
    } finally {
      await file.close();
    }
    if (follow) continue;
    if (!stop.aborted) await forgetPlace(options.state);
    return;
  }
}

/** Reads one file from an offset; returns at its end, or when following, once another file has its place. */
async function readOne(spool: Spool, file: FileHandle, from: number, options: Options): Promise<void> {
  const { path, follow, stop } = options;
  const { ino } = await file.stat({ bigint: true });
  const cutter = new LineCutter();
  let offset = from;
  // Up to which byte lines are in the spool: a restart reads an unfinished line again.
  let kept = from;
  let before = await bytesBefore(file, kept);
  const buffer = Buffer.alloc(block);
  let replaced = false;
  while (!stop.aborted) {
    while (spool.backlog > mostBacklog && !stop.aborted) await pause(lookAgain, stop);
    const { bytesRead } = await file.read(buffer, 0, block, offset);
    if (bytesRead > 0) {
      await keepLines(spool, cutter.push(buffer.subarray(0, bytesRead)), options);
      offset += bytesRead;
      kept = offset - cutter.pending;
      before = await bytesBefore(file, kept);
      // Not to know how far reading came only means to read again after a restart.
      await savePlace(options.state, { path, inode: String(ino), offset: kept, before }).catch(() =>
        options.log("The place in the file can't be kept: make room on the disk."),
      );
      continue;
    }
    // The end. A file that another has replaced is read to its end first; its last line may have no line feed.
    if (!follow || replaced) return keepLines(spool, cutter.end(), options);
    await pause(lookAgain, stop);
    if (stop.aborted) return;
    const { size } = await file.stat();
    if (size < offset || (await bytesBefore(file, kept)) !== before) return;
    const now = await stat(path, { bigint: true }).catch(() => null);
    replaced = now !== null && now.ino !== ino;
  }
}
