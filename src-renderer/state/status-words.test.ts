import { expect, test } from "vitest";
import type { DeskStatus } from "#shared/contract/desk-contract.ts";
import { statusWith } from "../client/test-desk.ts";
import { statusWords } from "./status-words.ts";

const status = (change: Partial<DeskStatus>): DeskStatus =>
  statusWith({ since: "2026-11-19T20:58:00Z", asOf: "2026-11-19T21:21:04Z", ...change });
const zone = "America/New_York";

test("every state says how fresh the data is", () => {
  expect(statusWords(status({}), "open", zone)).toMatchObject({ state: "Live", detail: "data as of 16:21:04" });
  expect(statusWords(status({ state: "offline" }), "open", zone)).toMatchObject({
    state: "Offline since 15:58",
    detail: "data as of 16:21:04",
    action: "reconnect",
  });
  expect(statusWords(status({ state: "refused" }), "open", zone)).toMatchObject({ action: "signIn" });
  expect(statusWords(status({ state: "offline", asOf: null }), "open", zone).detail).toBe("no data yet");
});

test("syncing says rows, total and time left", () => {
  const progress = { shape: "calls", rows: 120_000, total: 200_000, secondsLeft: 12.4 } as const;
  expect(statusWords(status({ state: "syncing", progress }), "open", zone).detail).toBe(
    "calls: 120,000 of about 200,000, about 10 s left",
  );
});

test("a failure says what to do, in the desk's own words where it has some", () => {
  const problem = "The disk is full: free 2 GB, then start again.";
  expect(statusWords(status({ state: "failed", problem }), "open", zone).detail).toBe(problem);
});

test("a lost desk outweighs its last word", () => {
  expect(statusWords(status({}), "lost", zone)).toMatchObject({ kind: "away", action: "retryLink" });
});

test("a desk without contact says in its last day when it locks", () => {
  const lease = { lockAt: "2026-11-22T20:58:00Z", eraseAt: "2026-12-03T20:58:00Z" };
  const detail = (now: string) =>
    statusWords(status({ state: "offline", lease }), "open", zone, Date.parse(now)).detail;
  expect(detail("2026-11-20T12:00:00Z")).not.toContain("locks");
  expect(detail("2026-11-22T12:00:00Z")).toContain("without contact it locks on Sun 22 Nov, 15:58:00");
});
