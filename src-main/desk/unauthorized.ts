import { ORPCError } from "@orpc/client";

export const unauthorized = (message: string) => new ORPCError("UNAUTHORIZED", { status: 401, message });
