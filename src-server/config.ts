import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { dataHome } from "#shared/kit/data-home.ts";

const root = join(import.meta.dirname, "..");

/** The data folder when no `--data` names one. */
export function dataFolder(): string {
  const checkout = existsSync(join(root, "package-lock.json"))
    ? createHash("sha256").update(root).digest("hex").slice(0, 8)
    : null;
  return dataHome({ platform: process.platform, env: process.env, home: homedir(), checkout });
}

export type Config = {
  /** Null: 8787, or the next free one. */
  port: number | null;
  host: string;
  folder: string;
  databaseUrl: string | undefined;
  /** Days of demo calls; null: no demo at all. */
  demoDays: number | null;
  logLevel: string;
  /** One proxy of ours stands before this server and says in X-Forwarded-For where a request comes from. */
  trustProxy: boolean;
  /** Under which people reach this server, without a slash at the end: identity providers send their answer there. */
  publicUrl: string | undefined;
};

/** @throws an Error that names the option and says what it takes */
export function readConfig(args: string[], env: NodeJS.ProcessEnv): Config {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: "string" },
      host: { type: "string" },
      data: { type: "string" },
      demo: { type: "string" },
      "trust-proxy": { type: "boolean", default: false },
      "public-url": { type: "string" },
    },
  });
  return {
    port: values.port === undefined ? null : whole("--port", values.port, 0, 65535),
    host: values.host ?? "127.0.0.1",
    folder: resolve(values.data ?? dataFolder()),
    databaseUrl: env.DATABASE_URL || undefined,
    demoDays: values.demo === undefined ? null : whole("--demo", values.demo, 0, 3660),
    logLevel: env.LOG_LEVEL ?? "info",
    trustProxy: values["trust-proxy"],
    publicUrl: values["public-url"] === undefined ? undefined : publicUrl(values["public-url"]),
  };
}

/** An address that a browser can open, and no path of it: the server answers at its root. */
function publicUrl(text: string): string {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol) && url.pathname === "/" && !url.search && !url.hash) return url.origin;
  throw new Error(`--public-url takes an address like https://careboard.clinic.example, not "${text}".`);
}

function whole(option: string, text: string, from: number, to: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= from && value <= to) return value;
  throw new Error(`${option} takes a whole number from ${from} to ${to}, not "${text}".`);
}
