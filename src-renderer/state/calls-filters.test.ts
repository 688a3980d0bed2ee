import { expect, test } from "vitest";
import { readFilters, writeFilters } from "./calls-filters.ts";
import { readRoute, writeRoute } from "./routes.ts";

const queue = "0198a2b4-0000-7000-8000-000000000001";

test("filters go into an address and come back", () => {
  const filters = {
    startDate: "2026-11-19",
    endDate: "2026-11-19",
    direction: "inbound",
    status: "abandoned",
    queueId: queue,
    agentId: "unassigned",
    callType: "new patient",
    search: "O'Brien & co?",
    minWaitSeconds: 60,
  } as const;
  const address = writeRoute({ screen: "calls", params: writeFilters(filters) });
  expect(readFilters(readRoute(address).params)).toEqual(filters);
});

test("what means nothing is dropped", () => {
  const params = {
    startDate: "2026-02-30",
    status: "lost",
    direction: "sideways",
    queueId: "1 or 1=1",
    minWaitSeconds: "-4",
    search: "",
    else: "x",
  };
  expect(readFilters(params)).toEqual({});
});

test("a range the wrong way round is turned", () => {
  expect(readFilters({ startDate: "2026-11-20", endDate: "2026-11-01" })).toEqual({
    startDate: "2026-11-01",
    endDate: "2026-11-20",
  });
});
