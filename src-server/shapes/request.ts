import { type Asked, parseOffset } from "./offset.ts";

/** What a request to `/v1/shape` says, as far as it is listened to: where, columns and params of a client are not. */
export type ShapeRequest = {
  table: string;
  offset: Asked;
  handle: string | null;
  live: boolean;
  sse: boolean;
  replica: "default" | "full";
  log: "full" | "changes_only";
};

export type Errors = Record<string, string[]>;

/** Reads the query, or says what is wrong with each field. */
export function readRequest(url: URL): { ok: ShapeRequest } | { errors: Errors } {
  const query = url.searchParams;
  const errors: Errors = {};
  const oneOf = <T extends string>(name: string, allowed: readonly [T, ...T[]]): T => {
    const value = query.get(name) ?? allowed[0];
    const found = allowed.find((a) => a === value);
    if (!found) errors[name] = [`must be one of ${allowed.join(", ")}`];
    return found ?? allowed[0];
  };
  const table = tableName(query.get("table"));
  if (!table) errors.table = ["name the table: one of the shapes that /api/sync/shapes lists"];
  const offset = parseOffset(query.get("offset"));
  if (!offset) errors.offset = ["must be -1, now, or an offset that the server gave"];
  const handle = query.get("handle");
  if (offset && typeof offset === "object" && !handle) errors.handle = ["can't be blank when offset is not -1"];
  const live = oneOf("live", ["false", "true"]) === "true";
  if (live && offset === "start") errors.live = ["can't be true when offset is -1"];
  const sse = [query.get("live_sse"), query.get("experimental_live_sse")].includes("true");
  if (sse && !live) errors.live_sse = ["can't be true unless live is true"];
  const replica = oneOf("replica", ["default", "full"]);
  const log = oneOf("log", ["full", "changes_only"]);
  if ([...query.keys()].some((k) => k.startsWith("subset__")))
    errors.subset = ["subset snapshots are not served: follow the whole shape"];
  if (!table || !offset || Object.keys(errors).length > 0) return { errors };
  return { ok: { table, offset, handle, live, sse, replica, log } };
}

/** `calls`, `public.calls` and `"public"."calls"` are the same table. */
function tableName(text: string | null): string | null {
  const [, name] = /^(?:"?public"?\.)?"?([a-z_][a-z0-9_]*)"?$/.exec(text ?? "") ?? [];
  return name ?? null;
}
