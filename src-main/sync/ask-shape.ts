import type { ShapeName } from "#shared/contract/sync.ts";
import type { Change } from "#shared/sync/fold-changes.ts";
import type { Position } from "#shared/sync/position.ts";
import type { Refusal } from "./sync-view.ts";
import { type EncodedRows, encodeRows } from "./encoded-rows.ts";

export type Messages = {
  kind: "messages";
  handle: string;
  offset: string;
  cursor: string | null;
  upToDate: boolean;
  changes: Change[];
  /** Instead of changes, when they are inserts alone and it was asked for. */
  rows: EncodedRows | null;
};

export const countOf = (answer: Messages): number => answer.rows?.ends.length ?? answer.changes.length;

/** What a request came to. Everything that can happen is one of these; `ask` never throws. */
export type Answer =
  | Messages
  /** `access`: because the person may hold other rows now, not only because the server made the shape anew. */
  | { kind: "mustRefetch"; successor: string | null; access: boolean }
  | { kind: "refused"; message: string; refusal: Refusal }
  | { kind: "unreachable"; message: string; retryAfter: number }
  | { kind: "invalid"; message: string };

export type Question = {
  server: string;
  token: string;
  shape: ShapeName;
  at: Position;
  /** Null: give what there is. Otherwise wait for the next change, with the cursor of the last answer. */
  live: { cursor: string | null } | null;
  /** The columns that rows are wanted in as COPY text, or null for messages as they come. */
  encode: ReadonlySet<string> | null;
  signal: AbortSignal;
};

/** The server ends a long poll after 20 s; an answer that takes much longer is lost. A first snapshot may have to be sorted before. */
const patience = { live: 35_000, fetch: 90_000 };

/**
 * One request of the shape protocol. `ShapeStream` of @electric-sql/client is not used: its JSON reviver and its parser a value
 * alone take more time than the whole first sync may (README), and it can't be awaited by the one who writes the rows.
 */
export async function askShape({ server, token, shape, at, live, encode, signal }: Question): Promise<Answer> {
  const url = new URL("/v1/shape", server);
  url.searchParams.set("table", shape);
  url.searchParams.set("offset", at.offset);
  if (at.handle !== null) url.searchParams.set("handle", at.handle);
  if (live) {
    url.searchParams.set("live", "true");
    if (live.cursor !== null) url.searchParams.set("cursor", live.cursor);
  }
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(live ? patience.live : patience.fetch)]),
    });
    return response.ok ? await messages(response, encode) : await refusal(response, shape);
  } catch (error) {
    return { kind: "unreachable", message: causeOf(error), retryAfter: 0 };
  }
}

async function messages(response: Response, encode: ReadonlySet<string> | null): Promise<Answer> {
  const handle = response.headers.get("electric-handle");
  const offset = response.headers.get("electric-offset");
  // Bytes that stop in the middle reject here, as unreachable; a whole body that is no JSON is the server's mistake.
  const text = response.status === 204 ? "[]" : await response.text();
  if (handle === null || offset === null)
    return { kind: "invalid", message: "The server's answer names no handle or offset." };
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { kind: "invalid", message: "The server's answer is not JSON." };
  }
  if (!Array.isArray(body)) return { kind: "invalid", message: "The server's answer is no list of messages." };
  const list = body as { headers: { control?: string } }[];
  if (list.some((m) => m.headers.control === "must-refetch")) return mustRefetch(response);
  const changes = list.filter((m) => m.headers.control === undefined) as unknown as Change[];
  const rows = encode && encodeRows(changes, encode);
  return {
    kind: "messages",
    handle,
    offset,
    cursor: response.headers.get("electric-cursor"),
    upToDate: response.headers.has("electric-up-to-date"),
    changes: rows ? [] : changes,
    rows,
  };
}

async function refusal(response: Response, shape: ShapeName): Promise<Answer> {
  const { status, headers } = response;
  const said = ((await response.json().catch(() => null)) ?? {}) as {
    message?: unknown;
    reason?: unknown;
    receipt?: unknown;
    error?: { message?: unknown };
  };
  const message =
    [said.message, said.error?.message].find((m) => typeof m === "string") ?? `The server answered ${status}.`;
  if (status === 409) return mustRefetch(response);
  if (status === 401 || status === 403) {
    const word = (value: unknown) => (typeof value === "string" ? value : null);
    return { kind: "refused", message, refusal: { reason: word(said.reason), receipt: word(said.receipt) } };
  }
  if (status === 429 || status >= 500 || status === 408) {
    const seconds = Number(headers.get("retry-after") ?? 0);
    return { kind: "unreachable", message, retryAfter: Number.isFinite(seconds) ? Math.min(seconds, 60) * 1000 : 0 };
  }
  return { kind: "invalid", message: `The server does not serve ${shape} to this version (${status}): ${message}` };
}

/** A server that doesn't say why may mean either: then what doesn't come back is taken for what is no longer the person's. */
const mustRefetch = ({ headers }: Response): Answer => ({
  kind: "mustRefetch",
  successor: headers.get("electric-handle"),
  access: headers.get("careboard-refetch") !== "anew",
});

function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
