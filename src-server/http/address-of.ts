import type { IncomingMessage } from "node:http";

/** What a request comes with when it came over a connection; asked in process there is none, and all are one. */
export type Connection = { incoming?: Pick<IncomingMessage, "socket"> } | undefined;

/**
 * The address that a request comes from. Behind a trusted proxy it is what that proxy added to X-Forwarded-For, the last entry: those
 * before it are the sender's own word.
 */
export function addressOf(request: Request, connection: Connection, trustProxy: boolean): string {
  const forwarded = trustProxy ? request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined;
  const address = forwarded || connection?.incoming?.socket.remoteAddress || "in process";
  // A socket of both versions writes 192.0.2.1 as ::ffff:192.0.2.1.
  return address.replace(/^::ffff:(?=\d+\.)/i, "").slice(0, 64);
}
