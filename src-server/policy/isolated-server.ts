import { mkdtemp, rm } from "node:fs/promises";
import { randomBytes, randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import type { Member } from "#shared/access/member.ts";
import type { ServerVerb } from "#shared/access/verb-access.ts";
import { serverContract } from "#shared/contract/server-contract.ts";
import { must } from "#shared/kit/must.ts";
import { auditShapes } from "../audit/audit-shapes.ts";
import { createTrail } from "../audit/trail.ts";
import { testDatabase } from "../database/test-database.ts";
import { createApp } from "../http/app.ts";
import { rateLimits } from "../http/rate-limit.ts";
import { createIdentity } from "../identity/identity.ts";
import { deriveKeys } from "../identity/identity-keys.ts";
import { signToken } from "../identity/token.ts";
import { whoseShape } from "../identity/whose-shape.ts";
import { createShapes } from "../shapes/create-shapes.ts";
import { shapesRoute } from "../shapes/route.ts";
import { dropSlot } from "../shapes/slot.ts";

type Route = { method: string; path: string };
export type Answer = { status: number; text: string };

/** Verbs of the contract with their REST routes: walked, not listed. */
export const verbs = new Map<ServerVerb, Route>(
  Object.entries(serverContract).flatMap(([room, held]) =>
    Object.entries(held as Record<string, { "~orpc": { route: Partial<Route> } }>).map(
      ([name, verb]): [ServerVerb, Route] => {
        const { method, path } = verb["~orpc"].route;
        return [`${room}.${name}` as ServerVerb, { method: must(method, "a method"), path: must(path, "a path") }];
      },
    ),
  ),
);

/** The whole clinic server in process, with its shapes, on a database of its own; what it logs is kept. */
export async function isolatedServer() {
  const database = await testDatabase();
  const folder = await mkdtemp(join(tmpdir(), "careboard-isolation-"));
  const { system, systemPool, db, url, owner } = database;
  const lines: string[] = [];
  const log = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });
  const identity = createIdentity({ db: system, keys: deriveKeys(randomBytes(32), randomBytes(32)) });
  const audit = createTrail(system);
  const shapes = await createShapes({ url, pool: systemPool, folder, log });
  const app = createApp({
    db,
    system,
    systemPool,
    identity,
    audit,
    log,
    version: "test",
    // A minute of these tests is more than anybody asks in a day.
    limits: rateLimits({ address: 1e9, signIn: 1e9, person: 1e9 }),
    mount: [
      shapesRoute({ shapes, authenticate: (request) => whoseShape(identity, request), audit: auditShapes(audit) }),
    ],
    health: async () => ({ status: "ok" }),
  });

  /** A session of the person that is good for this once: some verbs end the one that they are asked with. */
  const tokenOf = async ({ userId, deviceId }: Member): Promise<string> => {
    const id = randomUUID();
    const expires = new Date(Date.now() + 3_600_000);
    await system
      .insertInto("sessions")
      .values({ id, user_id: userId, device_id: deviceId, expires_at: expires.toISOString() })
      .execute();
    return signToken(identity.keys.token, "access", id, expires);
  };
  const fetched = async (path: string, token: string, sent?: { method: string; body: unknown }): Promise<Response> => {
    const headers = { authorization: `Bearer ${token}` };
    if (!sent) return app.request(path, { headers });
    const { method, body } = sent;
    return app.request(path, {
      method,
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  };
  const answer = async (response: Response): Promise<Answer> => ({
    status: response.status,
    text: await response.text(),
  });

  return {
    database,
    lines,
    identity,
    tokenOf,
    start: () => shapes.start(),
    rpc: async (token: string, verb: ServerVerb, input: unknown): Promise<Answer> =>
      answer(await fetched(`/rpc/${verb.replace(".", "/")}`, token, { method: "POST", body: { json: input } })),
    rest: async (token: string, verb: ServerVerb, input: unknown): Promise<Answer> => {
      const { method, path } = must(verbs.get(verb), verb);
      const given = { ...(input as Record<string, string | undefined> | undefined) };
      const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
        const value = given[name] ?? "";
        delete given[name];
        return encodeURIComponent(value);
      });
      if (method !== "GET") return answer(await fetched(`/api${address}`, token, { method, body: given }));
      const asked = new URLSearchParams();
      for (const [name, value] of Object.entries(given)) if (value !== undefined) asked.set(name, value);
      return answer(await fetched(`/api${address}?${asked.toString()}`, token));
    },
    /** A shape as far as it is there now: all answers put together, and the rows by key. */
    shape: async (token: string, params: Record<string, string>): Promise<Answer & { rows: Map<string, string> }> => {
      let place: Record<string, string> = { offset: "-1" };
      const rows = new Map<string, string>();
      for (let text = ""; ;) {
        const response = await fetched(`/v1/shape?${new URLSearchParams({ ...params, ...place }).toString()}`, token);
        const part = await response.text();
        text += part;
        if (response.status === 200)
          for (const { key, value } of JSON.parse(part) as { key?: string; value?: object }[])
            if (key) rows.set(key, JSON.stringify(value));
        const handle = response.headers.get("electric-handle");
        const offset = response.headers.get("electric-offset");
        if (response.status !== 200 || response.headers.has("electric-up-to-date") || !handle || !offset)
          return { status: response.status, text, rows };
        place = { handle, offset };
      }
    },
    stop: async () => {
      await shapes.stop();
      await dropSlot(owner, shapes.health().slot);
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
