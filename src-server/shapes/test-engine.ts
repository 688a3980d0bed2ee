import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Shape, ShapeStream, type Row } from "@electric-sql/client";
import type { Hono } from "hono";
import { onTestFinished } from "vitest";
import type { Member } from "#shared/access/member.ts";
import type { EndReason } from "#shared/contract/base.ts";
import { auditShapes } from "../audit/audit-shapes.ts";
import { createTrail } from "../audit/trail.ts";
import { testDatabase } from "../database/test-database.ts";
import { createShapes, type Shapes } from "./create-shapes.ts";
import { shapesRoute } from "./route.ts";
import { dropSlot } from "./slot.ts";

export type TestEngine = {
  /** The owner's: fixtures, and what only an owner does to a table. */
  pool: Awaited<ReturnType<typeof testDatabase>>["owner"];
  shapes: () => Shapes;
  folder: string;
  /** Stops the engine and starts another one on the same folder; `between` runs while none runs. */
  restart: (between?: () => Promise<void>) => Promise<void>;
  /** The official client's stream over the route, as the person. */
  stream: <T extends Row<unknown> = Row>(
    who: Member,
    table: string,
    options?: Partial<ConstructorParameters<typeof ShapeStream<T>>[0]>,
  ) => ShapeStream<T>;
  /** One request as the person. */
  get: (
    who: Member,
    query: Record<string, string>,
    headers?: Record<string, string>,
    signal?: AbortSignal,
  ) => Promise<Response>;
  /** Every request that was made, in order. */
  requests: URL[];
  /** Puts another membership in the place of a session's, or ends it. */
  sessions: Map<string, Member | { reason: EndReason } | null>;
};

/** A shape engine on a database of its own, gone when the test ends. */
export async function engineForTest(options: { longPoll?: number } = {}): Promise<TestEngine> {
  const database = await testDatabase();
  const folder = await mkdtemp(join(tmpdir(), "careboard-shapes-"));
  const requests: URL[] = [];
  const sessions = new Map<string, Member | { reason: EndReason } | null>();
  let shapes: Shapes;
  let route: Hono;
  const start = async () => {
    const made = await createShapes({
      url: database.url,
      pool: database.systemPool,
      folder,
      log: { info: () => {}, warn: () => {} },
      longPoll: options.longPoll ?? 2_000,
    });
    shapes = made;
    route = shapesRoute({
      shapes: made,
      authenticate: async (request) => sessions.get(request.headers.get("authorization") ?? "") ?? null,
      audit: auditShapes(createTrail(database.system)),
    });
    await made.start();
  };
  await start();
  const controller = new AbortController();
  onTestFinished(async () => {
    controller.abort();
    await shapes.stop();
    await dropSlot(database.owner, shapes.health().slot);
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });
  const fetchClient = async (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, init);
    requests.push(new URL(request.url));
    return route.fetch(request);
  };
  const signedIn = (who: Member) => {
    if (!sessions.has(who.sessionId)) sessions.set(who.sessionId, who);
    return who.sessionId;
  };
  return {
    pool: database.owner,
    shapes: () => shapes,
    folder,
    requests,
    sessions,
    restart: async (between) => {
      await shapes.stop();
      await between?.();
      await start();
    },
    stream: (who, table, more = {}) =>
      new ShapeStream({
        url: "http://careboard.test/v1/shape",
        headers: { authorization: signedIn(who) },
        fetchClient,
        signal: controller.signal,
        ...more,
        params: { table, ...more.params },
      }),
    get: async (who, query, headers = {}, signal) =>
      fetchClient(`http://careboard.test/v1/shape?${new URLSearchParams(query).toString()}`, {
        headers: { authorization: signedIn(who), ...headers },
        ...(signal ? { signal } : {}),
      }),
  };
}

/** One for each stream: a second one would see only what comes from now on. */
const shapes = new WeakMap<object, unknown>();

/** Rows of a shape by key, once they satisfy `enough`. */
export async function rowsOf<T extends Row<unknown>>(
  stream: ShapeStream<T>,
  enough: (rows: T[]) => boolean,
): Promise<T[]> {
  const shape = (shapes.get(stream) ?? new Shape(stream)) as Shape<T>;
  shapes.set(stream, shape);
  return new Promise((resolve, reject) => {
    const look = (rows: T[]) => {
      if (shape.error) reject(shape.error);
      if (enough(rows)) resolve(rows);
    };
    shape.subscribe(({ rows }) => look(rows));
    shape.rows.then(look, reject);
  });
}
