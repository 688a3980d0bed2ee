import type { IncomingMessage } from "node:http";

/** The names under which this machine reaches its own loopback; any other Host is another site's name pointed here (DNS rebinding). */
export const places = (port: number) => [`127.0.0.1:${port}`, `localhost:${port}`];

/**
 * Why a request can't come from our own page; null when it may. Host must name this machine's loopback; Origin must be the same place
 * wherever a browser sends it, and must be there for what could change anything (every method but GET and HEAD, and every WebSocket).
 */
export function foreign(request: IncomingMessage, port: number, wantsOrigin: boolean): string | null {
  const { host, origin } = request.headers;
  if (host === undefined || !places(port).includes(host)) {
    return `This desk answers only at http://127.0.0.1:${port}: open it under that address.`;
  }
  if (origin === undefined ? wantsOrigin : origin !== `http://${host}`) {
    return "This request comes from another site: open the desk in a window of its own.";
  }
  return null;
}
