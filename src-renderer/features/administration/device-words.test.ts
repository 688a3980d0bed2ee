import { expect, test } from "vitest";
import { endReason } from "#shared/contract/base.ts";
import { reasonWords, sessionState } from "./device-words.ts";

const id = "0198a2b4-0000-7000-8000-000000000001";
const session = {
  id,
  userId: id,
  displayName: "Ana Ruiz",
  email: "ana@lakeview.example",
  version: "0.1.0",
  createdAt: "2026-11-01T08:00:00Z",
  lastContactAt: "2026-11-19T12:00:00Z",
  held: null,
  endedAt: null,
  endedReason: null,
};
const now = Date.parse("2026-11-19T12:05:00Z");

test("every reason has its words, and a later one keeps its name", () => {
  for (const reason of endReason.options) expect(reasonWords(reason)).toContain(" ");
  expect(reasonWords("somethingNew")).toBe("somethingNew");
});

test("a session is in, quiet, or over with its reason", () => {
  expect(sessionState(session, now).tone).toBe("good");
  expect(sessionState(session, now + 4 * 86_400_000)).toEqual({ word: "not heard of", tone: "warn" });
  expect(sessionState({ ...session, lastContactAt: null }, now).word).toBe("no contact yet");
  expect(sessionState({ ...session, endedAt: "2026-11-19T12:01:00Z", endedReason: "deviceEnded" }, now)).toEqual({
    word: "device ended by an administrator",
    tone: "off",
  });
});
