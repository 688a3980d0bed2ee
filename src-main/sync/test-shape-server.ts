import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type ShapeName, shapeName } from "#shared/contract/sync.ts";
import type { Change, WireRow } from "#shared/sync/fold-changes.ts";

type Shape = {
  /** What rows it consists of: a handle begins with it. */
  definition: string;
  handle: string;
  snapshot: WireRow[];
  log: { offset: string; change: Change }[];
  rows: Map<string, WireRow>;
};

/** Answers what is no shape, and says whether it did. */
type Also = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** A small server of the shape protocol for tests: rows in memory, the wire for real. */
export type TestShapeServer = {
  url: string;
  /** Every request in order, as `table offset live`. */
  asked: string[];
  rows: (shape: ShapeName) => Map<string, WireRow>;
  insert: (shape: ShapeName, ...rows: WireRow[]) => void;
  update: (shape: ShapeName, id: string, change: WireRow) => void;
  remove: (shape: ShapeName, id: string) => void;
  /** The shape's handle is forgotten: whoever follows it must fetch again. */
  rotate: (shape: ShapeName) => void;
  /** The person's access changed: these are the rows they may hold now, and the columns. */
  entitle: (shape: ShapeName, may: (row: WireRow) => boolean, columns?: string[]) => void;
  /** Answers every request so from now on; null: properly. `cut` closes the connection in the middle of a body. */
  spoil: (how: null | "cut" | number) => void;
  /** Ends the waiting of whoever waits for changes. */
  wake: () => void;
  close: () => Promise<void>;
};

export async function testShapeServer(
  options: {
    chunk?: number;
    longPoll?: number;
    also?: Also;
    allowed?: (request: IncomingMessage) => boolean;
    refusal?: () => object;
    /** Nothing is answered: connections just end. */
    down?: () => boolean;
  } = {},
): Promise<TestShapeServer> {
  const {
    chunk = 100,
    longPoll = 1_000,
    also,
    allowed = () => true,
    refusal = () => ({}),
    down = () => false,
  } = options;
  const shapes = new Map<ShapeName, Shape>();
  const waiting = new Set<() => void>();
  const asked: string[] = [];
  let spoiled: null | "cut" | number = null;
  let lsn = 1000;

  const fresh = (rows: Map<string, WireRow>, definition: string = randomUUID()): Shape => ({
    definition,
    handle: `${definition}-${randomUUID()}`,
    snapshot: [...rows.values()],
    log: [],
    rows,
  });
  for (const name of shapeName.options) shapes.set(name, fresh(new Map()));
  const of = (name: string): Shape => {
    const shape = shapes.get(shapeName.parse(name));
    if (!shape) throw new Error(`no shape ${name}`);
    return shape;
  };
  const wake = () => {
    for (const go of waiting) go();
    waiting.clear();
  };
  const log = (shape: Shape, operation: Change["headers"]["operation"], id: string, value: WireRow) =>
    shape.log.push({ offset: `${++lsn}_0`, change: { key: `"public"."t"/"${id}"`, value, headers: { operation } } });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (down()) return void request.socket.destroy();
    const url = new URL(request.url ?? "", "http://localhost");
    if (url.pathname === "/api/sync/shapes") {
      const data = shapeName.options.map((name) => ({ name, rows: of(name).rows.size, columns: [] }));
      return void response.end(JSON.stringify({ success: true, data }));
    }
    if (url.pathname !== "/v1/shape" && (await also?.(request, response))) return;
    const query = url.searchParams;
    const [table, offset] = [query.get("table") ?? "", query.get("offset") ?? ""];
    asked.push(`${table} ${offset} ${query.get("live") ?? "false"}`);
    if (typeof spoiled === "number")
      return void response.writeHead(spoiled).end(JSON.stringify({ message: "The test says no." }));
    const refuse = () => void response.writeHead(401).end(JSON.stringify({ message: "Sign in first.", ...refusal() }));
    if (!allowed(request)) return refuse();
    let shape = of(table);
    if (
      query.get("live") === "true" &&
      (shape.log.at(-1)?.offset ?? "0_inf") === offset &&
      query.get("handle") === shape.handle
    )
      await new Promise<void>((resolve) => {
        waiting.add(resolve);
        setTimeout(resolve, longPoll).unref();
      });
    if (down()) return void request.socket.destroy();
    if (!allowed(request)) return refuse();
    shape = of(table);
    const headers: Record<string, string> = { "content-type": "application/json", "electric-handle": shape.handle };
    if (query.has("handle") && query.get("handle") !== shape.handle)
      return void response
        .writeHead(409, {
          ...headers,
          "careboard-refetch": query.get("handle")?.startsWith(`${shape.definition}-`) === true ? "anew" : "access",
        })
        .end('[{"headers":{"control":"must-refetch"}}]');
    const { messages, end, complete } = from(shape, offset);
    const body = JSON.stringify(complete ? [...messages, { headers: { control: "up-to-date" } }] : messages);
    response.writeHead(200, {
      ...headers, "electric-offset": end, "electric-schema": "{}", ...(complete ? { "electric-up-to-date": "" } : {}), "content-length": Buffer.byteLength(body),
    }); // prettier-ignore
    if (spoiled !== "cut") return void response.end(body);
    response.write(body.slice(0, body.length / 2));
    setTimeout(() => response.destroy(), 5);
  }

  function from(shape: Shape, offset: string): { messages: unknown[]; end: string; complete: boolean } {
    const next = offset === "-1" ? 0 : /^0_\d+$/.test(offset) ? Number(offset.slice(2)) + 1 : null;
    if (next !== null) {
      const rows = shape.snapshot.slice(next * chunk, (next + 1) * chunk);
      const last = (next + 1) * chunk >= shape.snapshot.length;
      const messages = rows.map((value) => ({
        key: `"public"."t"/"${value.id}"`,
        value,
        headers: { operation: "insert" },
      }));
      return {
        messages: last ? [...messages, { headers: { control: "snapshot-end" } }] : messages,
        end: last ? "0_inf" : `0_${next}`,
        complete: false,
      };
    }
    const at = shape.log.findIndex((l) => l.offset === offset) + 1;
    const part = shape.log.slice(at, at + chunk);
    return {
      messages: part.map((l) => l.change),
      end: part.at(-1)?.offset ?? offset,
      complete: at + chunk >= shape.log.length,
    };
  }

  const http = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    asked,
    rows: (name) => of(name).rows,
    insert: (name, ...rows) => {
      const shape = of(name);
      for (const row of rows) {
        shape.rows.set(row.id ?? "", row);
        log(shape, "insert", row.id ?? "", row);
      }
      wake();
    },
    update: (name, id, change) => {
      const shape = of(name);
      shape.rows.set(id, { ...shape.rows.get(id), ...change });
      log(shape, "update", id, { id, ...change });
      wake();
    },
    remove: (name, id) => {
      const shape = of(name);
      shape.rows.delete(id);
      log(shape, "delete", id, { id });
      wake();
    },
    rotate: (name) => {
      shapes.set(name, fresh(of(name).rows, of(name).definition));
      wake();
    },
    entitle: (name, may, columns) => {
      const shown = [...of(name).rows.values()].filter(may);
      const cut = (row: WireRow) =>
        Object.fromEntries(Object.entries(row).filter(([c]) => columns?.includes(c) ?? true));
      shapes.set(name, fresh(new Map(shown.map((row) => [row.id ?? "", cut(row)]))));
      wake();
    },
    spoil: (how) => {
      spoiled = how;
      wake();
    },
    wake,
    close: async () => {
      wake();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
