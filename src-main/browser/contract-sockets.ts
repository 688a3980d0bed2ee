import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { AnyRouter } from "@orpc/server";
import { RPCHandler } from "@orpc/server/ws";
import { type WebSocket, WebSocketServer } from "ws";

/** No input of the contract comes near this; what is larger isn't ours. */
const largestFrame = 1024 * 1024;
/** A window that doesn't read what it asked for is let go before it fills the memory. */
const largestBacklog = 64 * 1024 * 1024;

export type ContractSockets = {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
};

/** The contract over WebSockets: each speaks with the same router; one that doesn't answer a heartbeat before the next is gone. */
export function contractSockets(router: AnyRouter, beatEvery: number): ContractSockets {
  const handler = new RPCHandler(router);
  const server = new WebSocketServer({ noServer: true, maxPayload: largestFrame, perMessageDeflate: false });
  const alive = new WeakSet<WebSocket>();

  const beat = setInterval(() => {
    for (const socket of server.clients) {
      if (!alive.has(socket) || socket.bufferedAmount > largestBacklog) socket.terminate();
      alive.delete(socket);
      if (socket.readyState === socket.OPEN) socket.ping();
    }
  }, beatEvery);

  return {
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (opened) => {
        alive.add(opened);
        opened.on("pong", () => alive.add(opened));
        // A frame too large or not a frame at all: ws closes the connection and says so to the other side; there is nothing to add.
        opened.on("error", () => undefined);
        void handler.upgrade(opened, { context: {} });
      }),
    close: async () => {
      clearInterval(beat);
      const gone = [...server.clients].map((socket) => {
        const closed = new Promise((resolve) => socket.once("close", resolve));
        socket.close(1001, "The desk ends.");
        setTimeout(() => socket.terminate(), 500).unref();
        return closed;
      });
      await Promise.all(gone);
    },
  };
}
