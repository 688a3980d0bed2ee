import { serve as listen, type ServerType } from "@hono/node-server";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

const defaultPort = 8787;

/** `env` is the connection as @hono/node-server hands it on: the address of a request is read from it. */
type Fetch = (request: Request, env: object) => Response | Promise<Response>;

/**
 * Listens. A port that was asked for is that one or an error; the default one moves to the next free one, so that two
 * checkouts run side by side.
 */
export async function serve(
  fetch: Fetch,
  where: { host: string; port: number | null },
): Promise<{ url: string; close: () => Promise<void> }> {
  for (let port = where.port ?? defaultPort; ; port++) {
    try {
      return await listenOn(fetch, where.host, port);
    } catch (error) {
      if ((error as { code?: string }).code !== "EADDRINUSE") throw error;
      if (where.port !== null)
        throw new Error(`Port ${port} is taken: stop what uses it, or give another --port.`, { cause: error });
      if (port > defaultPort + 200) throw error;
    }
  }
}

async function listenOn(fetch: Fetch, host: string, port: number) {
  const server: ServerType = listen({ fetch, hostname: host, port, overrideGlobalObjects: false });
  await once(server, "listening");
  const address = server.address() as AddressInfo;
  // Desks wait in long polls: a shutdown ends them instead of waiting for them.
  const close = async () => {
    const closed = once(server, "close");
    server.close();
    if ("closeAllConnections" in server) server.closeAllConnections();
    await closed;
  };
  return {
    url: `http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`,
    close,
  };
}
