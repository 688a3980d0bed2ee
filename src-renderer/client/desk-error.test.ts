import { ORPCError } from "@orpc/client";
import { expect, test } from "vitest";
import { deskError } from "./desk-error.ts";

test("a refusal keeps its sentence, its fields and how long to wait", () => {
  const fields = { email: "Write an address.", odd: 3 };
  expect(deskError(new ORPCError("BAD_REQUEST", { message: "Look again.", data: { fields } }))).toEqual({
    code: "BAD_REQUEST",
    message: "Look again.",
    fields: { email: "Write an address." },
  });
  const late = new ORPCError("TOO_MANY_REQUESTS", { message: "Wait.", data: { retryAfter: 30 } });
  expect(deskError(late)).toMatchObject({ retryAfter: 30, fields: {} });
});

test("a bug behind the line is said as something to do", () => {
  expect(deskError(new ORPCError("INTERNAL_SERVER_ERROR")).message).toContain("try again");
});
