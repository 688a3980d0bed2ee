import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { dataFolder } from "../../config.ts";
import type { Address } from "./from-socket.ts";

export type Input =
  | { kind: "file"; path: string; follow: boolean }
  | { kind: "listen"; address: Address }
  | { kind: "connect"; address: Address };

export type CollectorOptions = { source: string; server: URL; secretFile: string; spool: string; input: Input };

const usage = `Usage: npm run collector -- --source NAME --server URL --secret-file FILE
  and one of  --file PATH [--follow]   reads a CDR file; with --follow goes on with what is added
              --listen HOST:PORT       3CX connects here (CDR type "active socket")
              --connect HOST:PORT      connects to 3CX (CDR type "passive socket")
  [--spool FILE]                       where undelivered lines are kept; by default in the data folder`;

/** @throws an Error that names the option and says what it takes */
export function readOptions(args: string[]): CollectorOptions {
  const { values } = parseArgs({
    args,
    options: {
      source: { type: "string" },
      server: { type: "string" },
      "secret-file": { type: "string" },
      file: { type: "string" },
      follow: { type: "boolean", default: false },
      listen: { type: "string" },
      connect: { type: "string" },
      spool: { type: "string" },
    },
  });
  const { source, server, file, listen, connect } = values;
  const secretFile = values["secret-file"];
  const inputs = [file, listen, connect].filter((given) => given !== undefined);
  if (!source || !server || !secretFile || inputs.length !== 1) throw new Error(usage);
  if (values.follow && file === undefined) throw new Error(`--follow goes with --file.\n${usage}`);
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(source))
    throw new Error(`--source takes the name of a source as "npm run source -- list" shows it, not "${source}".`);
  readSecret(secretFile);
  const input: Input =
    file !== undefined
      ? { kind: "file", path: resolve(file), follow: values.follow }
      : listen !== undefined
        ? { kind: "listen", address: addressOf("--listen", listen) }
        : { kind: "connect", address: addressOf("--connect", connect ?? "") };
  if (input.kind === "file" && !input.follow && !existsSync(input.path))
    throw new Error(`There is no file ${input.path}: check --file, or wait for it with --follow.`);
  return {
    source,
    server: serverOf(server),
    secretFile,
    spool: resolve(values.spool ?? join(dataFolder(), "collector", `${source}.spool`)),
    input,
  };
}

function serverOf(text: string): URL {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Error(`--server takes the clinic server's address like https://careboard.clinic.example, not "${text}".`);
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}

/** `HOST:PORT`, `[::1]:PORT`, or a port alone, which listens on all addresses. */
function addressOf(option: string, text: string): Address {
  const m = /^(?:\[([^\]]+)\]:|([^:[\]]*):)?(\d{1,5})$/.exec(text);
  const port = Number(m?.[3]);
  const host = m?.[1] ?? m?.[2] ?? "";
  if (!m || port > 65_535 || (option === "--connect" && (host === "" || port === 0)))
    throw new Error(`${option} takes HOST:PORT like 192.0.2.10:33555, not "${text}".`);
  return { host: host || "0.0.0.0", port };
}

/**
 * The secret in a file: its last line that isn't empty, so that the output of "npm run source" can be kept as it is.
 * @throws an Error that says what is wrong with the file
 */
export function readSecret(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new Error(
      `The secret file ${path} can't be read (${(error as { code?: string }).code}): check --secret-file.`,
      { cause: error },
    );
  }
  const secret = text
    .split("\n")
    .map((line) => line.trim())
    .findLast((line) => line !== "");
  if (!secret) throw new Error(`The secret file ${path} is empty: put the secret of "npm run source" into it.`);
  return secret;
}
