import { ORPCError } from "@orpc/client";

/** A refusal as a screen shows it: `message` is a sentence that says what to do; `fields` names the fields of a bad input. */
export type DeskError = {
  code: string;
  message: string;
  fields: Record<string, string>;
  /** Seconds until it is worth trying again, where the refusal says so. */
  retryAfter?: number;
};

function retryAfterOf(data: unknown): number | undefined {
  if (typeof data !== "object" || data === null || !("retryAfter" in data)) return undefined;
  return typeof data.retryAfter === "number" ? data.retryAfter : undefined;
}

function fieldsOf(data: unknown): Record<string, string> {
  if (typeof data !== "object" || data === null || !("fields" in data)) return {};
  const { fields } = data;
  if (typeof fields !== "object" || fields === null) return {};
  return Object.fromEntries(
    Object.entries(fields).filter((pair): pair is [string, string] => typeof pair[1] === "string"),
  );
}

/** A bug behind the line says nothing of its inside; what to do is all there is to say. */
const inside = "Something went wrong in Careboard: try again. If it comes back, tell your administrator when it was.";

/** Whatever a verb threw, as a refusal. What isn't one is a bug of ours: it is said to be one, and logged for who looks. */
export function deskError(thrown: unknown): DeskError {
  if (thrown instanceof ORPCError) {
    const retryAfter = retryAfterOf(thrown.data);
    const message = thrown.code === "INTERNAL_SERVER_ERROR" ? inside : thrown.message;
    const refusal = { code: thrown.code, message, fields: fieldsOf(thrown.data) };
    return retryAfter === undefined ? refusal : { ...refusal, retryAfter };
  }
  console.error(thrown);
  return { code: "BUG", message: "Something went wrong in this window: try again, then reload it.", fields: {} };
}
