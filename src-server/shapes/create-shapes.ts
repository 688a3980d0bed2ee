import { join } from "node:path";
import type { Member } from "#shared/access/member.ts";
import { shapeName } from "#shared/contract/sync.ts";
import type { ShapeDefinition } from "./definition.ts";
import { type EngineOptions, ShapeEngine } from "./engine.ts";
import { definitionFor } from "./gatekeeper.ts";
import { json, mustRefetch, unavailable } from "./messages.ts";
import { readRequest, type ShapeRequest } from "./request.ts";
import { respond } from "./respond.ts";
import type { Reader } from "./waiting.ts";

export type ShapesHealth = {
  state: "streaming" | "waiting for PostgreSQL";
  slot: string;
  /** Log that PostgreSQL keeps for the shapes, in bytes. */
  lagBytes: number;
  shapes: number;
  /** Requests that wait for changes. */
  waiting: number;
  /** Snapshots begun since this server started. */
  snapshots: number;
};

export type Shapes = {
  /** @throws an Error that says what to change when a table can't be synchronised or the log can't be read */
  start: () => Promise<void>;
  /** Answers who waits, makes everything last, and leaves the slot for the next start. */
  stop: () => Promise<void>;
  health: () => ShapesHealth;
  /**
   * Answers `GET /v1/shape` for a signed-in person. `again` looks at the session anew after a long wait: a refusal when it has
   * ended meanwhile. `since`, of `performance.now()`, is from before `who` was looked up.
   */
  fetch: (request: Request, who: Member, again?: () => Promise<Member | Response>, since?: number) => Promise<Response>;
  /**
   * To be told whenever an administrator changed what a person may see, or ended a session or device of theirs: each of their
   * waiting requests is answered at once by what holds now.
   */
  recheck: (userId: string) => void;
};

type Options = Omit<EngineOptions, "folder"> & {
  /** The data folder; shapes are kept in its `shapes`. */
  folder: string;
  /** How long a poll waits when nothing happens, in milliseconds. */
  longPoll?: number;
};

/** The shape engine of a clinic server. It serves once `start` has resolved. */
export async function createShapes(options: Options): Promise<Shapes> {
  const engine = new ShapeEngine({ ...options, folder: join(options.folder, "shapes") });
  const longPoll = options.longPoll ?? 20_000;
  return {
    start: () => engine.start(),
    stop: () => engine.stop(),
    health: () => ({
      state: engine.streaming ? "streaming" : "waiting for PostgreSQL",
      slot: engine.slot,
      lagBytes: engine.lag,
      shapes: engine.store.size,
      waiting: engine.waiting.count,
      snapshots: engine.snapshots,
    }),
    recheck: (userId) => engine.waiting.recheck(userId),
    fetch: async (request, who, again = async () => who, since = performance.now()) => {
      const read = readRequest(new URL(request.url));
      if ("errors" in read) return json(400, { message: "Invalid request", errors: read.errors });
      const name = shapeName.safeParse(read.ok.table);
      if (!name.success)
        return json(400, { message: "Invalid request", errors: { table: ["no desk may hold this table"] } });
      const of = (member: Member): ShapeDefinition => ({
        ...definitionFor(name.data, member, read.ok.replica),
        log: read.ok.log,
      });
      const definition = of(who);
      const recheck = async () => {
        const now = await again();
        if (now instanceof Response) return now;
        const changed = of(now);
        return engine.identityOf(changed) === engine.identityOf(definition)
          ? null
          : mustRefetch(await engine.obtain(changed), read.ok.handle);
      };
      const reader = { session: who.sessionId, user: who.userId, since };
      return serve(engine, read.ok, definition, { recheck, reader, request, longPoll });
    },
  };
}

type Circumstances = {
  recheck: () => Promise<Response | null>;
  reader: Reader;
  request: Request;
  longPoll: number;
};

async function serve(
  engine: ShapeEngine,
  asked: ShapeRequest,
  definition: ShapeDefinition,
  { recheck, reader, request, longPoll }: Circumstances,
): Promise<Response> {
  try {
    const shape = await engine.obtain(definition);
    engine.store.read(shape);
    if (asked.handle !== null && asked.handle !== shape.handle) return mustRefetch(shape, asked.handle);
    return await respond(
      asked,
      shape,
      {
        waiting: engine.waiting,
        position: () => engine.position,
        successor: () => engine.obtain(definition),
        recheck,
        reader,
        signal: request.signal,
        longPoll,
      },
      request.headers.get("if-none-match"),
    );
  } catch {
    return unavailable("The shape can't be served at the moment: PostgreSQL or the disk does not answer. Try again.");
  }
}
