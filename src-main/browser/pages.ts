import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** Where the shell's pages come from: the built renderer, or Vite while developing. Both are asked only for what the door lets in. */
export type Pages = {
  development: boolean;
  /** `path` is the address path as it came, without the query. */
  serve(request: IncomingMessage, response: ServerResponse, path: string): Promise<void>;
  /** A WebSocket that isn't the contract's; true when these pages took it. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  close(): Promise<void>;
};
