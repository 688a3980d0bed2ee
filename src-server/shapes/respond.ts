import { schemaHeader } from "./definition.ts";
import type { Lsn } from "./lsn.ts";
import { arrayOf, mustRefetch, shapeHeaders, snapshotEnd, tooMany, upToDate } from "./messages.ts";
import { compareOffsets, endOfSnapshot, formatOffset, type Offset } from "./offset.ts";
import type { ShapeRequest } from "./request.ts";
import type { Shape } from "./shape.ts";
import { eventStream } from "./event-stream.ts";
import type { Reader, Waiting } from "./waiting.ts";

/** What a response needs besides the shape. */
export type Serving = {
  waiting: Waiting;
  /** All that committed before this is in the logs. */
  position: () => Lsn;
  /** The shape's successor after it was dropped. */
  successor: () => Promise<Shape>;
  /** Looks at the session again after a long wait: a response that ends it, or null when all is as it was. */
  recheck: () => Promise<Response | null>;
  reader: Reader;
  signal: AbortSignal;
  longPoll: number;
};

const chunk = 1024 * 1024;

/** Answers a request for a shape that is served and whose handle the client has right. */
export async function respond(asked: ShapeRequest, shape: Shape, serving: Serving, match: string | null) {
  const { offset } = asked;
  if (offset === "start" || (typeof offset === "object" && offset.lsn === 0n && offset.op !== Infinity))
    return snapshotChunk(shape, offset === "start" ? 0 : offset.op + 1, serving, match);
  const after = offset === "now" ? shape.log.last : offset;
  if (asked.sse) return eventStream(shape, after, serving);
  return asked.live ? poll(shape, after, serving) : changes(shape, after, serving, false, match);
}

async function snapshotChunk(shape: Shape, number: number, serving: Serving, match: string | null) {
  const { snapshot } = shape;
  await snapshot.ready(number).catch((error: unknown) => {
    if (!shape.gone) throw error;
  });
  if (shape.gone) return mustRefetch(await serving.successor(), shape.handle);
  const stands = number < snapshot.chunks.length;
  const last = snapshot.complete && number >= snapshot.chunks.length - 1;
  const offset = formatOffset(last ? endOfSnapshot : { lsn: 0n, op: number });
  const headers = shapeHeaders(shape, schemaHeader(shape.definition, shape.table), offset, false);
  if (matches(headers, `${shape.handle}:${number}:${offset}`, match))
    return new Response(null, { status: 304, headers });
  const messages: (Buffer | string)[] = stands ? [await snapshot.read(number)] : [];
  if (last && shape.seen) messages.push(snapshotEnd(shape.seen));
  return body(messages, headers);
}

/** What follows an offset, up to about a megabyte; up-to-date when that is all. */
async function changes(shape: Shape, after: Offset, serving: Serving, live: boolean, match: string | null) {
  const { messages, end, complete } = await shape.log.read(after, chunk);
  const position = serving.position();
  const offset = formatOffset(end);
  const headers = shapeHeaders(shape, live ? null : schemaHeader(shape.definition, shape.table), offset, complete);
  const tag = `${shape.handle}:${formatOffset(after)}:${offset}${complete ? `:${position}` : ""}`;
  if (!live && matches(headers, tag, match)) return new Response(null, { status: 304, headers });
  if (complete) serving.waiting.answered(serving.reader.session, shape, position);
  return body(complete ? [...messages, upToDate(position)] : messages, headers);
}

async function poll(shape: Shape, after: Offset, serving: Serving): Promise<Response> {
  const since = Date.now();
  if (!shape.gone && compareOffsets(shape.log.last, after) <= 0) {
    const why = await serving.waiting.wait(serving.reader, shape, serving.longPoll, serving.signal);
    if (why === "full") return tooMany();
    if (why !== "gone" && (why === "recheck" || Date.now() - since > 1000)) {
      const ended = await serving.recheck();
      if (ended) return ended;
    }
  }
  if (shape.gone) return mustRefetch(await serving.successor(), shape.handle);
  return changes(shape, after, serving, true, null);
}

function matches(headers: Headers, tag: string, match: string | null): boolean {
  headers.set("etag", `"${tag}"`);
  return match !== null && match.split(",").some((m) => m.trim() === `"${tag}"`);
}

function body(messages: (Buffer | string)[], headers: Headers): Response {
  headers.set("content-type", "application/json");
  return new Response(new Uint8Array(arrayOf(messages)), { headers });
}
