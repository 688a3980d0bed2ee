import { expect, test } from "vitest";
import { checkNewSecret } from "./check-new-secret.ts";

test("a new secret is long enough, then the same twice", () => {
  expect(checkNewSecret("short", "short")).toHaveProperty("first");
  expect(checkNewSecret("twelve chars", "twelve charS")).toHaveProperty("again");
  expect(checkNewSecret("twelve chars", "twelve chars")).toEqual({});
});
