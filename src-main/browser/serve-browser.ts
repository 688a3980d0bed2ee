import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { AnyRouter } from "@orpc/server";
import { contractSockets } from "./contract-sockets.ts";
import { createDoor, type Door } from "./door.ts";
import { pageHeaders } from "./page-headers.ts";
import { listen } from "./listen.ts";
import type { Pages } from "./pages.ts";
import { foreign } from "./same-place.ts";

const noEntry =
  "This browser has not been let in: open the newest link that the desk printed in its terminal. Each link lets in one browser, once.";

type Options = {
  router: AnyRouter;
  pages: Pages;
  /** Tried in turn; 0 takes any free one. */
  ports: readonly number[];
  /** Called with a fresh link each time one has been used. */
  onLink: (url: string) => void;
  /** Milliseconds between two heartbeats of a socket. */
  beatEvery?: number;
};
export type BrowserShell = { port: number; link: string; close(): Promise<void> };

/**
 * The desk in a browser: the built page and the contract's WebSocket, on this machine's loopback alone, for browsers let in by a link.
 * @throws an Error naming --port when no port is free
 */
export async function serveBrowser({
  router,
  pages,
  ports,
  onLink,
  beatEvery = 15_000,
}: Options): Promise<BrowserShell> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(`A page could not be read: ${String(error)}`);
      if (response.headersSent) response.destroy();
      else refuse(response, 500, "This page could not be read: build the renderer again with npm run build.");
    });
  });
  server.on("upgrade", upgrade);
  const port = await listen(server, ports);
  const sockets = contractSockets(router, beatEvery);
  const door: Door = createDoor(port);
  const headers = pageHeaders(port, pages.development);
  const link = () => `http://127.0.0.1:${port}/enter?token=${door.token()}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const reads = request.method === "GET" || request.method === "HEAD";
    const stranger = foreign(request, port, !reads);
    if (stranger !== null) return refuse(response, 403, stranger);
    if (!reads) return refuse(response, 405, "This address is only there to be read.");
    // Read by hand and not resolved: what isn't a plain path of ours finds nothing.
    const [pathname = "/", query] = (request.url ?? "/").split("?", 2);
    if (pathname === "/enter") return enter(request, response, new URLSearchParams(query).get("token") ?? "");
    if (!door.admits(request.headers.cookie)) {
      return comesFromALink(request) ? stepIn(response) : refuse(response, 403, noEntry);
    }
    await pages.serve(request, response, pathname);
  }

  function enter(request: IncomingMessage, response: ServerResponse, token: string): void {
    // A browser that only looks ahead must not use up the link.
    if (request.method !== "GET" || request.headers["sec-purpose"]?.includes("prefetch")) {
      return refuse(response, 503, "This link is to be opened, not looked at.");
    }
    const cookie = door.enter(token);
    // The same link again in the browser that it has let in.
    if (cookie === null && door.admits(request.headers.cookie)) {
      response.writeHead(303, { Location: "/", "Cache-Control": "no-store" }).end();
      return;
    }
    if (cookie === null) return refuse(response, 403, noEntry);
    response.writeHead(303, { Location: "/", "Set-Cookie": cookie, "Cache-Control": "no-store" }).end();
    onLink(link());
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on("error", () => socket.destroy());
    const stranger = foreign(request, port, true) ?? (door.admits(request.headers.cookie) ? null : noEntry);
    if (stranger !== null) return hangUp(socket, "403 Forbidden", stranger);
    if (request.url === "/port") return sockets.upgrade(request, socket, head);
    if (!pages.upgrade(request, socket, head)) hangUp(socket, "404 Not Found", "The contract is spoken at /port.");
  }

  return {
    port,
    link: link(),
    close: async () => {
      const closed = once(server, "close");
      server.close();
      await sockets.close();
      await pages.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/**
 * A strict cookie doesn't come along when another site's page (a terminal in a browser, say) leads here. Then the page asks once more
 * by itself: that request is our own, and has the cookie if there is one.
 */
function comesFromALink(request: IncomingMessage): boolean {
  return request.headers["sec-fetch-site"] === "cross-site" && request.headers["sec-fetch-mode"] === "navigate";
}

function stepIn(response: ServerResponse): void {
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" });
  response.end('<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>Careboard</title>');
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" });
  response.end(`${sentence}\n`);
}

function hangUp(socket: Duplex, status: string, sentence: string): void {
  const body = `${sentence}\n`;
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
