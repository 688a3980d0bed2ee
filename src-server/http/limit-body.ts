import type { Context, MiddlewareHandler } from "hono";

/**
 * Refuses a body of more than `most` bytes. One that says its length is measured by that, which the HTTP parser holds it to; any
 * other (in chunks, or a DELETE that says nothing) is read up to the limit first.
 *
 * Hono's own copies the request by `new Request(request, ..)`, which the runtime refuses for the light requests of @hono/node-server.
 */
export const limitBody =
  (most: number, refused: (c: Context) => Response): MiddlewareHandler =>
  async (c, next) => {
    const { raw } = c.req;
    const length = raw.headers.get("content-length");
    if (length !== null && !raw.headers.has("transfer-encoding")) return Number(length) > most ? refused(c) : next();
    if (!raw.body) return next();
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of raw.body as ReadableStream<Uint8Array>) {
      size += chunk.length;
      if (size > most) return refused(c);
      chunks.push(chunk);
    }
    const { method, headers, signal, url } = raw;
    c.req.raw = new Request(url, { method, headers, signal, body: size > 0 ? Buffer.concat(chunks) : null });
    return next();
  };
