import { beforeEach, expect, test } from "vitest";
import type { Person } from "#shared/contract/session.ts";
import { beginAgain, keptCodes, refusedStep, signInFlow, tookStep, writeEmail } from "./sign-in-flow.ts";

const person = { id: "ada" } as Person;
const refusal = { code: "UNAUTHORIZED", message: "No.", fields: {} };
beforeEach(() => tookStep({ step: "open", person }));

test("a step that asks for more stands until it is taken, and a refusal keeps it", () => {
  writeEmail("ada@lakeview.example");
  tookStep({ step: "secondFactor" });
  refusedStep(refusal);
  expect(signInFlow.getState()).toMatchObject({ pending: { step: "secondFactor" }, problem: { message: "No." } });
  tookStep({ step: "newPassword" });
  expect(signInFlow.getState()).toMatchObject({ pending: { step: "newPassword" }, problem: null });
});

test("beginning again keeps the address and nothing else", () => {
  writeEmail("ada@lakeview.example");
  tookStep({ step: "enrolSecondFactor", secret: "JBSW", uri: "otpauth://totp/x" });
  refusedStep(refusal);
  beginAgain();
  expect(signInFlow.getState()).toMatchObject({ email: "ada@lakeview.example", pending: null, problem: null });
});

test("an open door forgets who signed in and by what, but keeps recovery codes until they are kept", () => {
  writeEmail("ada@lakeview.example");
  tookStep({ step: "secondFactor" });
  tookStep({ step: "open", person, recoveryCodes: ["AAAA-BBBB"] });
  expect(signInFlow.getState()).toEqual({ email: "", pending: null, problem: null, recoveryCodes: ["AAAA-BBBB"] });
  keptCodes();
  expect(signInFlow.getState().recoveryCodes).toBeNull();
});

test("what the door shows by itself leaves no step behind", () => {
  tookStep({ step: "secondFactor" });
  tookStep({ step: "keyLost" });
  expect(signInFlow.getState().pending).toBeNull();
});
