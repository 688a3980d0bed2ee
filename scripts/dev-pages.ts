import { createServer as createHttpServer } from "node:http";
import { createServer } from "vite";
import type { Pages } from "../src-main/browser/pages.ts";
import { rendererConfig } from "./renderer-config.ts";

/** The renderer from its sources, with hot replacement, behind the same door as the built one. */
export async function devPages(): Promise<Pages> {
  // Vite listens for its own WebSocket on a server that never listens itself: what reaches it has passed the shell's checks.
  const relay = createHttpServer();
  const vite = await createServer({
    ...rendererConfig,
    base: "/",
    configFile: false,
    appType: "spa",
    server: { middlewareMode: true, hmr: { server: relay } },
  });
  return {
    development: true,
    serve: (request, response) =>
      new Promise((resolve, reject) => {
        response.on("close", resolve);
        vite.middlewares(request, response, (error?: Error) => {
          if (error === undefined) response.writeHead(404).end();
          else reject(error);
        });
      }),
    upgrade: (request, socket, head) => {
      if (!request.headers["sec-websocket-protocol"]?.startsWith("vite-")) return false;
      return relay.emit("upgrade", request, socket, head);
    },
    close: () => vite.close(),
  };
}
