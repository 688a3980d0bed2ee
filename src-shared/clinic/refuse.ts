import { ORPCError } from "@orpc/client";

/** A refusal of the contract's closed list. The sentence says what to do. */
export const notFound = (sentence: string) => new ORPCError("NOT_FOUND", { status: 404, message: sentence });

export const forbidden = (sentence: string) => new ORPCError("FORBIDDEN", { status: 403, message: sentence });

export const badField = (field: string, sentence: string) =>
  new ORPCError("BAD_REQUEST", { status: 400, message: sentence, data: { fields: { [field]: sentence } } });
