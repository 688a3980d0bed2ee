import type { Lsn } from "./lsn.ts";
import type { Shape } from "./shape.ts";
import type { Seen } from "./visibility.ts";

/**
 * Says that the reader knows all that committed before `position`. What is given is one less: over SSE the client makes
 * `<lsn>_0` of it and goes on from there, and a commit may lie at `position` itself.
 */
export const upToDate = (position: Lsn): string =>
  `{"headers":{"control":"up-to-date","global_last_seen_lsn":"${position > 0n ? position - 1n : 0n}"}}`;

/** The end of a snapshot, with what it shows. */
export const snapshotEnd = ({ xmin, xmax, inProgress }: Seen): string =>
  JSON.stringify({
    headers: {
      control: "snapshot-end",
      xmin: String(xmin),
      xmax: String(xmax),
      xip_list: inProgress.map(String),
    },
  });

/** `[a,b,c]` of messages that are JSON already. */
export function arrayOf(messages: (Buffer | string)[]): Buffer {
  const parts: Buffer[] = [Buffer.from("[")];
  for (const message of messages) {
    if (parts.length > 1) parts.push(comma);
    parts.push(typeof message === "string" ? Buffer.from(message) : message);
  }
  parts.push(Buffer.from("]"));
  return Buffer.concat(parts);
}

const comma = Buffer.from(",\n");

/** Nothing of this may lie in a cache that others share, or outlive the session on the disk of a proxy. */
const uncached = { "cache-control": "private, no-store" };

let lastCursor = 0;
/** Each answer to a waiting reader has a cursor of its own: a client takes a repeated one for a replay out of a cache. */
const nextCursor = (): string => String((lastCursor = Math.max(lastCursor + 1, Date.now())));

export function shapeHeaders(shape: Shape, schema: string | null, offset: string, complete: boolean): Headers {
  const headers = new Headers({ ...uncached, "electric-handle": shape.handle, "electric-offset": offset });
  if (schema === null) headers.set("electric-cursor", nextCursor());
  else headers.set("electric-schema", schema);
  if (complete) headers.set("electric-up-to-date", "");
  return headers;
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", ...uncached, ...headers },
  });
}

/**
 * The handle is unknown or another's: the client forgets what it has and starts with this one. `careboard-refetch` says why: `access`
 * when the handle is that of another definition, so that rows which don't come back are no longer the reader's to hold; `anew` when
 * it is the same one, made again. A handle begins with what its definition is told by.
 */
export const mustRefetch = (successor: Shape, asked: string | null): Response =>
  json(409, [{ headers: { control: "must-refetch" } }], {
    "electric-handle": successor.handle,
    "careboard-refetch": asked?.startsWith(`${successor.identity}-`) === true ? "anew" : "access",
  });

export const tooMany = (): Response =>
  json(429, { message: "Too many requests of this session are waiting: close some windows." }, { "retry-after": "5" });

export const unavailable = (message: string): Response => json(503, { message }, { "retry-after": "1" });
