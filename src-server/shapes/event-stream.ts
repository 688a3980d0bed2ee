import { mustRefetch, shapeHeaders, tooMany, upToDate } from "./messages.ts";
import { formatOffset, type Offset } from "./offset.ts";
import type { Serving } from "./respond.ts";
import type { Shape } from "./shape.ts";

const chunk = 256 * 1024;
const keepAlive = 21_000;
const closeAfter = 60_000;

/**
 * A live shape as server-sent events: `data: <message>`, up-to-date after each batch, a comment while nothing happens. It ends
 * after a minute, when the session ends, and when the shape is gone: the client asks again and learns why. Batches are made
 * as the reader takes them, so a slow reader holds one of them at most.
 */
export async function eventStream(shape: Shape, from: Offset, serving: Serving): Promise<Response> {
  if (shape.gone) return mustRefetch(await serving.successor(), shape.handle);
  if (serving.waiting.full(serving.reader.session)) return tooMany();
  const closing = Date.now() + closeAfter;
  let after = from;
  let checked = serving.reader.since;
  // Set once a wait has ended: the next thing is to send, whether or not there is anything new for this shape.
  let due = true;

  const text = new TextEncoder();
  const left = new AbortController();
  const signal = AbortSignal.any([serving.signal, left.signal]);
  const next = async (): Promise<string | null> => {
    for (;;) {
      if (shape.gone || signal.aborted || Date.now() >= closing) return null;
      if (due) {
        const { messages, end, complete } = await shape.log.read(after, chunk);
        after = end;
        due = !complete;
        const position = serving.position();
        if (complete) serving.waiting.answered(serving.reader.session, shape, position);
        const events = messages.map((m) => `data: ${m.toString()}\n\n`);
        return events.join("") + (complete ? `data: ${upToDate(position)}\n\n` : "");
      }
      const why = await serving.waiting.wait({ ...serving.reader, since: checked }, shape, Math.max(1, Math.min(keepAlive, closing - Date.now())), signal); // prettier-ignore
      if (why === "timeout") return ": keep-alive\n\n";
      if (why !== "changed" && why !== "recheck") return null;
      if (why === "recheck" || performance.now() - checked > 1000) {
        checked = performance.now();
        if (await serving.recheck()) return null;
      }
      due = true;
    }
  };

  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (stream) => {
        const events = await next().catch(() => null);
        if (events === null) stream.close();
        else stream.enqueue(text.encode(events));
      },
      cancel: () => left.abort(),
    },
    { highWaterMark: 0 },
  );
  const headers = shapeHeaders(shape, null, formatOffset(from), false);
  headers.set("content-type", "text/event-stream");
  // Says to a proxy in between that these bytes can't wait.
  headers.set("x-accel-buffering", "no");
  return new Response(body, { headers });
}
