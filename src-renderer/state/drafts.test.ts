import { expect, test } from "vitest";
import { drafts, draftsOf, keepDraft } from "./drafts.ts";

test("a draft is its writer's until it is saved, and nobody else's", () => {
  draftsOf("ada");
  keepDraft("person", { name: "A" });
  draftsOf("ada");
  expect(drafts.getState().kept.get("person")).toEqual({ name: "A" });
  keepDraft("person", undefined);
  expect(drafts.getState().kept.has("person")).toBe(false);
  keepDraft("person", { name: "B" });
  draftsOf("bob");
  expect(drafts.getState().kept.size).toBe(0);
  keepDraft("person", { name: "C" });
  draftsOf(null);
  expect(drafts.getState().kept.size).toBe(0);
});
