import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Kysely, sql } from "kysely";
import type { Logger } from "pino";
import type { DB } from "#shared/schema/database.ts";
import { syncFolder } from "../shapes/durable-file.ts";
import { type Anchor, parseAnchors } from "./anchor.ts";
import { genesis } from "./line-hash.ts";

export const anchorFile = (folder: string): string => join(folder, "audit-anchors.log");

export type Anchors = {
  /** To be told of lines that were written: after so many there is an anchor, without waiting for the clock. */
  written: (lines: number) => void;
  /** The line of the last anchor, and whether the log still holds what was anchored. */
  state: () => { anchored: number | null; holds: boolean };
  /** Keeps a last anchor. */
  stop: () => Promise<void>;
};

type Options = {
  system: Kysely<DB>;
  folder: string;
  log: Pick<Logger, "info" | "error">;
  every?: number;
  interval?: number;
};

/**
 * Writes down, outside the database, which line the log ends with and its hash: at the start, every `every` lines, every `interval`
 * milliseconds in which lines came, and at the end. Whoever cuts the newest lines off, or writes the whole chain anew, can't change
 * what stands here and in the server's log without it showing. The anchor before is held against the log each time.
 */
export async function keepAnchors({
  system,
  folder,
  log,
  every = 1000,
  interval = 300_000,
}: Options): Promise<Anchors> {
  const path = anchorFile(folder);
  let last = await mend(path);
  let holds = true;
  let since = 0;
  let failed = false;
  let turn: Promise<void> = Promise.resolve();

  const anchor = async (): Promise<void> => {
    since = 0;
    try {
      if (last && last.id > 0 && (await hashAt(system, last.id)) !== last.hash) {
        holds = false;
        log.error({ line: last.id }, "the audit log does not hold its anchor any more: run npm run audit:verify");
      }
      const end = await endOf(system);
      if (end.id === last?.id) return;
      await append(path, end);
      last = end;
      failed = false;
      log.info({ line: end.id, hash: end.hash }, "audit log anchored");
    } catch (error) {
      // The lines stand in the database; the next turn anchors them.
      if (!failed) log.error({ err: String(error) }, "the audit log could not be anchored");
      failed = true;
    }
  };
  const next = () => (turn = turn.then(anchor));
  const timer = setInterval(() => void next(), interval).unref();
  await next();
  return {
    written: (lines) => {
      since += lines;
      if (since >= every) void next();
    },
    state: () => ({ anchored: last?.id ?? null, holds }),
    stop: async () => {
      clearInterval(timer);
      await next();
    },
  };
}

/** The anchors that are kept, and `[]` where none are yet. @throws an Error when one of them was changed */
export async function readAnchors(folder: string): Promise<Anchor[]> {
  return parseAnchors(await textOf(anchorFile(folder)));
}

/** The last anchor; what a crash cut short is taken away, so that the next one stands on a line of its own. */
async function mend(path: string): Promise<Anchor | null> {
  const text = await textOf(path);
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  if (whole.length < text.length) {
    const file = await open(path, "r+");
    try {
      await file.truncate(Buffer.byteLength(whole));
      await file.sync();
    } finally {
      await file.close();
    }
  }
  return parseAnchors(whole).at(-1) ?? null;
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return "";
    throw error;
  }
}

async function append(path: string, anchor: Anchor): Promise<void> {
  const file = await open(path, "a", 0o600);
  try {
    await file.writeFile(`${JSON.stringify(anchor)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(join(path, ".."));
}

/** Of an empty log its beginning: from the first start on there is an anchor, so that a log without any is no new one. */
async function endOf(system: Kysely<DB>): Promise<Anchor> {
  const { rows } = await sql<Anchor>`
    select id, encode(hash, 'hex') as hash, at from audit_log order by id desc limit 1`.execute(system);
  return rows[0] ?? { id: 0, hash: genesis.toString("hex"), at: new Date().toISOString() };
}

async function hashAt(system: Kysely<DB>, id: number): Promise<string | null> {
  const { rows } = await sql<{ hash: string }>`
    select encode(hash, 'hex') as hash from audit_log where id = ${id}`.execute(system);
  return rows[0]?.hash ?? null;
}
