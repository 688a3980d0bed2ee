import { expect, test } from "vitest";
import { checkSignIn } from "./check-sign-in.ts";

test("what is missing is named at its field", () => {
  expect(Object.keys(checkSignIn("", ""))).toEqual(["email", "password"]);
  expect(Object.keys(checkSignIn("manager", "secret"))).toEqual(["email"]);
  expect(checkSignIn(" manager@lakeview.example ", "secret")).toEqual({});
});
