import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";

/**
 * The address that a request comes from. Behind a trusted proxy it is what that proxy added to X-Forwarded-For, the last entry: those
 * before it are the sender's own word. Asked in process there is no connection, and all are one.
 */
export function addressOf(c: Context, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined;
  const connected = (c.env as { incoming?: unknown } | undefined)?.incoming;
  const address = forwarded || (connected ? getConnInfo(c).remote.address : undefined) || "in process";
  // A socket of both versions writes 192.0.2.1 as ::ffff:192.0.2.1.
  return address.replace(/^::ffff:(?=\d+\.)/i, "").slice(0, 64);
}
