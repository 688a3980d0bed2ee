import { ORPCError, ValidationError } from "@orpc/server";
import type { Logger } from "pino";
import { isUnreachable } from "./is-unreachable.ts";

/** Codes that may leave the server as they are; everything else is our bug and says nothing of the inside. */
const known = new Set(["BAD_REQUEST", "UNAUTHORIZED", "FORBIDDEN", "NOT_FOUND", "CONFLICT", "PAYLOAD_TOO_LARGE", "TOO_MANY_REQUESTS", "SERVICE_UNAVAILABLE", "METHOD_NOT_SUPPORTED"]); // prettier-ignore

/** Text that PostgreSQL does not take, as such or in JSON, which is ours but for the text in it. Only a request brings such text. */
function isUnkeepable(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return (
    code === "22021" ||
    code === "22P05" ||
    (code === "22P02" && String(message).startsWith("invalid input syntax for type json"))
  );
}

/** What happened, as a refusal that a person can act on: bad fields by name, bugs as INTERNAL_SERVER_ERROR with nothing inside. */
export function refusal(error: unknown, log: Logger, requestId: string): ORPCError<string, unknown> {
  if (error instanceof ORPCError && error.code === "BAD_REQUEST" && error.cause instanceof ValidationError)
    return new ORPCError("BAD_REQUEST", {
      message: "Some fields need another value; see fields.",
      data: { fields: fieldsOf(error.cause) },
      defined: true,
    });
  if (error instanceof ORPCError && known.has(error.code)) return error;
  if (isUnkeepable(error))
    return new ORPCError("BAD_REQUEST", {
      message: "A text of this request holds a character that can't be kept (U+0000, or half of a pair): take it out.",
      defined: true,
    });
  log.error({ requestId, err: logged(error) }, "request failed");
  if (isUnreachable(error))
    return new ORPCError("SERVICE_UNAVAILABLE", {
      message: "The clinic server can't reach its database at the moment. Try again shortly.",
    });
  return new ORPCError("INTERNAL_SERVER_ERROR", {
    message: `Something went wrong on the server. Try again; if it stays, tell the administrator this number: ${requestId}.`,
  });
}

/** PostgreSQL quotes the value that it could not read (class 22), and that may be anybody's: the log gets the rest. */
function logged(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error;
  const { name, message, stack } = error;
  const code = String((error as { code?: unknown }).code);
  if (!/^22\w{3}$/.test(code)) return { name, message, stack };
  const frames = stack?.split("\n").filter((line) => /^\s+at /.test(line));
  return { name, code, message: message.replace(/".*"/s, '"…"'), stack: frames?.join("\n") };
}

/** `{endDate: "The last day lies before the first: swap them."}`; an unknown field is named itself. */
function fieldsOf(error: ValidationError): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const path = (issue.path ?? []).map((part) => String(typeof part === "object" ? part.key : part)).join(".");
    const unknown = (issue as { keys?: string[] }).keys;
    if (unknown) for (const key of unknown) fields[key] = "There is no such field; check its spelling.";
    else fields[path || "body"] ??= wording(issue.message);
  }
  return fields;
}

/** Zod's own words for an absent field, in ours. */
const wording = (message: string) =>
  message.replace(/^Invalid input: expected (\w+), received undefined$/, "This field is needed (a $1).");
