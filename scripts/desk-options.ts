import { parseArgs } from "node:util";

export type DeskOptions = {
  server: string;
  browser: boolean;
  /** Null: the one of the last time, or any free one. */
  port: number | null;
  data: string | undefined;
  board: boolean;
  dev: boolean;
};

/** @throws an Error that names the option and says what it takes */
export function readDeskOptions(args: string[]): DeskOptions {
  const { values } = parseArgs({
    args,
    options: {
      server: { type: "string" },
      browser: { type: "boolean", default: false },
      port: { type: "string" },
      data: { type: "string" },
      board: { type: "boolean", default: false },
      dev: { type: "boolean", default: false },
    },
  });
  const { server, browser, data, board, dev } = values;
  if (server === undefined) {
    throw new Error("--server is missing: name the clinic server, like --server http://127.0.0.1:8787.");
  }
  if (data === "") throw new Error("--data takes a folder.");
  return { server: address(server), browser, port: portOf(values.port), data, board, dev };
}

function address(text: string): string {
  const url = URL.parse(text);
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    throw new Error(`--server takes an address that begins with http:// or https://, not "${text}".`);
  }
  if (url.username || url.password) throw new Error("--server takes an address without a name and password in it.");
  return url.origin + url.pathname.replace(/\/+$/, "");
}

function portOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new Error(`--port takes a whole number from 0 to 65535, not "${text}".`);
  return port;
}
