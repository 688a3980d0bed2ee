import { ORPCError } from "@orpc/server";

/** The one shape of a refusal over REST. */
const bodyOf = (error: ORPCError<string, unknown>, requestId: string) => ({
  success: false,
  error: {
    code: error.code,
    message: error.message,
    ...dataOf(error.data),
    requestId,
  },
});

/** Of what a refusal carries, the fields of a bad input and what a desk acts on: why a session ended, and its receipt's token. */
function dataOf(data: unknown): Record<string, unknown> {
  if (typeof data !== "object" || data === null) return {};
  const { fields, reason, receipt } = data as Record<string, unknown>;
  return {
    ...(typeof fields === "object" ? { fields } : {}),
    ...(typeof reason === "string" ? { reason } : {}),
    ...(typeof receipt === "string" ? { receipt } : {}),
  };
}

/** How long to wait, in seconds, as the refusal says it; for a door that says nothing, a moment. */
export function retryAfter(error: { code?: string; data?: unknown }): string | null {
  if (error.code === "SERVICE_UNAVAILABLE") return "5";
  if (error.code !== "TOO_MANY_REQUESTS") return null;
  const { retryAfter } = (error.data ?? {}) as { retryAfter?: unknown };
  return String(typeof retryAfter === "number" ? Math.max(1, Math.ceil(retryAfter)) : 5);
}

/** A refusal as an answer: over RPC in that protocol's own words, everywhere else in the one shape. */
export function refuse(
  error: ORPCError<string, unknown>,
  { path, requestId }: { path: string; requestId: string },
  headers: Record<string, string> = {},
): Response {
  const wait = retryAfter(error);
  return Response.json(path.startsWith("/rpc/") ? { json: error.toJSON() } : bodyOf(error, requestId), {
    status: error.status,
    headers: { ...headers, ...(wait ? { "retry-after": wait } : {}) },
  });
}

export const noSuchAddress = () =>
  new ORPCError("NOT_FOUND", { message: "There is no such address; see /api/openapi.json." });
