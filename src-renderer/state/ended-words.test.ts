import { expect, test } from "vitest";
import { endReason } from "#shared/contract/base.ts";
import { endedWords } from "./ended-words.ts";
import { removedKinds } from "./removed-words.ts";

const at = "2026-11-19T21:21:04Z";
const zone = "America/New_York";

test("rows that left are counted, and said to be safe on the server, whatever the reason", () => {
  for (const reason of endReason.options) {
    const words = endedWords({ reason, removed: { calls: 44_100, agents: 23 }, at }, zone);
    expect(words?.text).toContain(
      "44,123 rows of yours were removed from this computer on Thu 19 Nov, 16:21:04. Nothing was deleted on the server.",
    );
    expect(`${words?.title} ${words?.text}`).not.toMatch(/all (your |the )?data/i);
  }
});

test("a sign-out of one's own explains nothing, and a reason without rows speaks of none", () => {
  expect(endedWords({ reason: "signedOut", removed: {}, at }, zone)).toBeNull();
  expect(endedWords({ reason: "passwordChanged", removed: {}, at }, zone)?.text).not.toContain("row");
  expect(endedWords({ reason: "deviceEnded", removed: { calls: 1 }, at }, zone)?.text).toContain("1 row of yours was");
});

test("kinds of rows are named, sums of figures together", () => {
  expect(removedKinds({ calls: 1, agents: 20, calls_by_hour: 3, calls_by_type: 4, queues: 0 })).toBe(
    "20 agents, 7 figures added up, 1 call",
  );
  expect(removedKinds({})).toBe("");
});
