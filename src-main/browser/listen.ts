import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

const why: Record<string, string> = { EADDRINUSE: "taken", EACCES: "not open to this account" };

/**
 * Listens on this machine's loopback at the first of these ports that is free; answers which. 0 takes any free one.
 * @throws an Error naming --port when none is
 */
export async function listen(server: Server, ports: readonly number[]): Promise<number> {
  for (const [index, port] of ports.entries()) {
    try {
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
      return (server.address() as AddressInfo).port;
    } catch (error) {
      const reason = why[(error as NodeJS.ErrnoException).code ?? ""];
      if (reason === undefined) throw error;
      if (index < ports.length - 1) continue;
      throw new Error(`Port ${port} is ${reason}: choose another with --port, or leave --port away for any free one.`, {
        cause: error,
      });
    }
  }
  throw new Error("No port to listen on was named.");
}
