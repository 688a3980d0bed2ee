import { open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { beginSize, lineKey, newBegin, readLines, sealLine } from "./sealed-lines.ts";

/** Something this desk wrote down that the server doesn't have yet. */
export type WaitingLine = { id: string; kind: string; body: unknown };

/** A journal beside the replica, which it survives. Each line is sealed with the person's key and on the disk before it is acknowledged. */
export type Waiting = {
  append: (line: WaitingLine) => Promise<void>;
  /** The oldest lines of a kind, in order. */
  take: (kind: string, most: number) => WaitingLine[];
  /** The server has these. */
  done: (ids: readonly string[]) => Promise<void>;
  count: () => number;
  close: () => Promise<void>;
};

const entry = z.union([
  z.object({ id: z.string(), kind: z.string(), body: z.unknown() }),
  z.object({ done: z.array(z.string()) }),
]);

const journalIn = (folder: string) => join(folder, "waiting.journal");
const exported = /^waiting-[\w-]+\.sealed$/;

/** Opens a person's journal, and takes back in what was set aside. @param log is told what can't be read any more, without its content */
export async function openWaiting(folder: string, master: Uint8Array, log: (line: string) => void): Promise<Waiting> {
  const key = lineKey(master);
  const lines = new Map<string, WaitingLine>();
  const path = journalIn(folder);
  const file = await open(path, "a+", 0o600).then(async (made) => {
    await made.close();
    return open(path, "r+");
  });
  const take = (texts: string[]) => {
    for (const text of texts) {
      const read = entry.parse(JSON.parse(text));
      if ("done" in read) for (const id of read.done) lines.delete(id);
      else lines.set(read.id, read);
    }
  };

  const bytes = await file.readFile();
  const held = readLines(key, bytes);
  if (!held && bytes.length > beginSize) {
    // A beginning that was changed on the disk makes every line unreadable; they are kept for who can mend it, and said.
    await writeFile(`${path}.damaged`, bytes, { mode: 0o600, flush: true });
    log(
      "waiting lines: the journal begins with something else, is set aside as waiting.journal.damaged, and begins anew",
    );
  }
  let begin = held?.begin ?? newBegin();
  let [end, number] = [held?.end ?? 0, held?.count ?? 0];
  if (held) take(held.texts);
  if (held && held.spoiled > 0) log(`waiting lines: ${held.spoiled} were changed on the disk and are lost`);
  await file.truncate(end);

  let order: Promise<unknown> = Promise.resolve();
  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const done = order.then(work);
    order = done.catch(() => {});
    return done;
  };
  /** Written at the end that is known, so that half a line that a full disk left is written over. */
  const write = async (texts: string[]) => {
    if (texts.length === 0) return;
    const parts = texts.map((text, i) => sealLine(key, begin, number + i, text));
    const bytes = Buffer.concat(end === 0 ? [begin, ...parts] : parts);
    for (let put = 0; put < bytes.length;)
      put += (await file.write(bytes, put, bytes.length - put, end + put)).bytesWritten;
    await file.datasync();
    end += bytes.length;
    number += texts.length;
  };

  // What was set aside comes back into the journal, and only then goes: a crash in between doubles nothing, for lines have names.
  for (const name of (await readdir(folder)).filter((n) => exported.test(n)).sort()) {
    const before = new Map(lines);
    lines.clear();
    const read = readLines(key, await readFile(join(folder, name)));
    if (!read) {
      log(`waiting lines: ${name} can't be read and is left as it is, as ${name}.damaged`);
      await rename(join(folder, name), join(folder, `${name}.damaged`));
      for (const [id, line] of before) lines.set(id, line);
      continue;
    }
    take(read.texts);
    const found = [...lines.values()].filter((line) => !before.has(line.id));
    for (const [id, line] of before) lines.set(id, line);
    await write(found.map((line) => JSON.stringify(line)));
    await rm(join(folder, name));
  }

  return {
    append: (line) =>
      inOrder(async () => {
        await write([JSON.stringify(line)]);
        lines.set(line.id, line);
      }),
    take: (kind, most) => [...lines.values()].filter((line) => line.kind === kind).slice(0, most),
    done: (ids) =>
      inOrder(async () => {
        const known = ids.filter((id) => lines.has(id));
        if (known.length === 0) return;
        if (known.length === lines.size) {
          // Nothing waits any more: the journal begins anew, as another file would.
          await file.truncate(0);
          await file.datasync();
          begin = newBegin();
          [end, number] = [0, 0];
        } else await write([JSON.stringify({ done: known })]);
        for (const id of known) lines.delete(id);
      }),
    count: () => lines.size,
    close: () => inOrder(() => file.close()),
  };
}

/**
 * Sets a person's waiting lines aside before their data are erased. The journal is sealed as it is, so this takes no key: it also
 * works for people who don't come back.
 * @returns whether there were any
 */
export async function setWaitingAside(folder: string, now: number): Promise<boolean> {
  const size = await readFile(journalIn(folder)).then((bytes) => bytes.length, () => 0); // prettier-ignore
  if (size <= beginSize) return false;
  const stamp = new Date(now).toISOString().replaceAll(/[:.]/g, "-");
  await rename(journalIn(folder), join(folder, `waiting-${stamp}.sealed`));
  return true;
}
