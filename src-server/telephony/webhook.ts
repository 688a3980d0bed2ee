import { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Logger } from "pino";
import type { Pool } from "pg";
import { ingest } from "./ingest.ts";
import { readBody } from "./read-body.ts";
import { recordsOfJson, recordsOfText } from "./records-of-body.ts";
import { isSignedBy } from "./signature.ts";

/** 5 MB: some twenty thousand records. */
export const largestBody = 5 * 1024 * 1024;

/**
 * `POST /api/3cx/cdr-webhook`: call records, signed with their source's secret. Answers what became of them:
 * `{success: true, data: {received, stored, duplicates, rejected}}`; refusals are `{success: false, error: {code, message}}`.
 */
export function webhook({
  database,
  log,
}: {
  database: { systemPool: Pool };
  log: Pick<Logger, "info" | "error">;
}): Hono {
  const app = new Hono();
  app.post("/api/3cx/cdr-webhook", async (c) => {
    // The number under which the server's log knows this request; set by the app that this one is mounted in.
    const requestId = (c.var as { requestId?: string }).requestId;
    const refuse = (status: ContentfulStatusCode, code: string, message: string) =>
      c.json({ success: false, error: { code, message, requestId } }, status);

    const body = await readBody(c.req.raw, largestBody).catch(() => undefined);
    if (body === undefined) return refuse(400, "BAD_REQUEST", "The body broke off: send it again.");
    if (body === null) return refuse(413, "PAYLOAD_TOO_LARGE", "The body is over 5 MB: send fewer records at once.");

    const name = c.req.header("x-careboard-source") ?? "";
    const source = await sourceNamed(database.systemPool, name);
    if (!isSignedBy(source?.secret ?? null, body, c.req.header("x-careboard-signature") ?? ""))
      return refuse(
        401,
        "UNAUTHORIZED",
        "The signature is missing or wrong: send the source's name in X-Careboard-Source and sha256=<hex HMAC-SHA256 of the body> with its secret in X-Careboard-Signature.",
      );
    if (!source) throw new Error("broken promise: a signed body has a source");

    const type = (c.req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
    if (type !== "text/plain" && type !== "application/json")
      return refuse(415, "UNSUPPORTED_MEDIA_TYPE", "Send raw lines as text/plain, or records as application/json.");
    const read = type === "text/plain" ? recordsOfText(body) : recordsOfJson(body);
    if ("problem" in read) return refuse(400, "BAD_REQUEST", read.problem);

    const data = await ingest(database, source.id, read.records);
    log.info({ source: source.name, ...data }, "call records received");
    return c.json({ success: true, data });
  });
  return app;
}

async function sourceNamed(pool: Pool, name: string) {
  const { rows } = await pool.query<{ id: string; name: string; secret: string }>(
    `select call_sources.id, call_sources.name, call_source_secrets.secret
     from call_sources join call_source_secrets on call_source_secrets.source_id = call_sources.id
     where call_sources.name = $1`,
    [name.includes("\0") ? "" : name],
  );
  return rows[0] ?? null;
}
