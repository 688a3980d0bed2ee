import { Hono } from "hono";
import { pino } from "pino";
import { createTrail } from "../audit/trail.ts";
import { password, peopleForTest } from "../identity/people-for-test.ts";
import { webhook } from "../telephony/webhook.ts";
import { createApp } from "./app.ts";

/** A refusal as it comes over REST, and as much of an answer as tests look at. */
export type Answered = {
  success?: boolean;
  data?: Record<string, unknown>;
  error?: {
    code: string;
    message: string;
    fields?: Record<string, string>;
    requestId: string;
    reason?: string;
    receipt?: string;
  };
};

/** The clinic server in process, with its webhook and a stand-in for the shapes' door, asked by `fetch` alone. */
export async function serverForTest(more: Partial<Parameters<typeof createApp>[0]> = {}) {
  const people = await peopleForTest();
  const { db, system, systemPool, identity } = people;
  const log = pino({ level: "silent" });
  const shapes = new Hono();
  shapes.get("/v1/shape", (c) => c.json({ message: "no table" }, 400));
  const app = createApp({
    db,
    system,
    systemPool,
    identity,
    audit: createTrail(system),
    log,
    version: "test",
    mount: [webhook({ database: people, log }), shapes],
    health: async () => ({ status: "ok" }),
    ...more,
  });
  const send = (path: string, init: RequestInit & { token?: string | undefined } = {}) => {
    const headers = new Headers(init.headers);
    if (init.token) headers.set("authorization", `Bearer ${init.token}`);
    return app.request(path, { ...init, headers });
  };
  const ask = async (method: string, path: string, { body, token }: { body?: unknown; token?: string } = {}) => {
    const response = await send(path, {
      method,
      token,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Answered };
  };
  const signIn = async (email: string) => {
    const { body } = await ask("POST", "/api/session", { body: { email, password } });
    return String(body.data?.accessToken);
  };
  return { ...people, app, send, ask, signIn };
}
