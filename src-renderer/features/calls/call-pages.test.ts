import { expect, test } from "vitest";
import type { Call } from "#shared/contract/calls.ts";
import { type CallPages, withNewest, withOlder } from "./call-pages.ts";

const at = (minute: number, change: Partial<Call> = {}): Call =>
  ({ id: `call-${minute}`, startedAt: new Date(minute * 60_000).toISOString(), ...change }) as Call;
const minutes = (pages: CallPages) => pages.records.map((call) => Date.parse(call.startedAt) / 60_000);
const page = (from: number, to: number, nextCursor: string | null) => ({
  records: Array.from({ length: from - to + 1 }, (_, step) => at(from - step)),
  nextCursor,
});

test("older pages are appended and new calls come on top", () => {
  const first = withNewest(null, "all", page(10, 8, "c8"));
  const both = withOlder(first, page(7, 5, "c5"));
  expect(minutes(both)).toEqual([10, 9, 8, 7, 6, 5]);
  const later = withNewest(both, "all", page(12, 10, "c10"));
  // 9 and 8 are older than the page's last call, so they are still there.
  expect(minutes(later)).toEqual([12, 11, 10, 9, 8, 7, 6, 5]);
  expect(later.nextCursor).toBe("c5");
});

test("a changed call changes, and a call that no longer fits goes", () => {
  const held = withOlder(withNewest(null, "all", page(10, 8, "c8")), page(7, 7, null));
  const newest = { records: [at(10, { status: "missed" }), at(8)], nextCursor: "c8" };
  const merged = withNewest(held, "all", newest);
  expect(minutes(merged)).toEqual([10, 8, 7]);
  expect(merged.records[0]?.status).toBe("missed");
});

test("a page that no longer reaches the held calls begins the list anew", () => {
  const held = withNewest(null, "all", page(10, 8, "c8"));
  const merged = withNewest(held, "all", page(30, 28, "c28"));
  expect(minutes(merged)).toEqual([30, 29, 28]);
  expect(merged.nextCursor).toBe("c28");
});

test("another question begins anew, and overlapping pages show a call once", () => {
  const held = withNewest(null, "all", page(10, 8, "c8"));
  expect(minutes(withNewest(held, "abandoned", page(9, 9, null)))).toEqual([9]);
  expect(minutes(withOlder(held, page(8, 6, null)))).toEqual([10, 9, 8, 7, 6]);
});
