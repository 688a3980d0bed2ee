import { pino } from "pino";
import { expect, test } from "vitest";
import { refusal } from "./refusal.ts";

test("what PostgreSQL quotes of a request stands neither in the log nor in the answer; where it happened does", () => {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  const error = Object.assign(new Error('invalid input syntax for type bigint: "5550123 of Robin"'), { code: "22P02" });
  const refused = refusal(error, log, "r");
  expect(refused.code).toBe("INTERNAL_SERVER_ERROR");
  expect(`${lines.join("")}${JSON.stringify(refused)}`).not.toMatch(/5550123|Robin/);
  expect(lines.join("")).toContain("refusal.test.ts");
  expect(lines.join("")).toContain("22P02");
});
