import { expect, test } from "vitest";
import type { ServiceLevelRule } from "#shared/contract/clinics.ts";
import { boardFigures, firstName } from "./board-figures.ts";
import type { Overview, QueueToday } from "./overview.ts";

const rule: ServiceLevelRule = {
  variant: "answeredOfOffered",
  seconds: 20,
  goal: 0.8,
  shortAbandonSeconds: 5,
  waitLimitSeconds: 60,
};
const overview = (change: object): Overview => ({
  day: "2026-11-19",
  minute: 981,
  usualDays: 8,
  tiles: [],
  hours: [],
  values: {
    offered: 214,
    answered: 187,
    abandoned: 15,
    answerRate: 0.874,
    abandonRate: 0.07,
    serviceLevel: 0.84,
    averageSpeedOfAnswer: 19,
    waitP90: 48,
    ...change,
  } as Overview["values"],
});
const queues = [
  { label: "Recall", longestWait: 31 },
  { label: "Billing", longestWait: 74 },
] as QueueToday[];
const order = (change: object) => boardFigures(overview(change), queues, rule).map((figure) => figure.id);

test("while all limits hold the service level leads", () => {
  expect(order({})[0]).toBe("serviceLevel");
  expect(boardFigures(overview({}), queues, rule).every((figure) => figure.mark !== "broken")).toBe(true);
});

test("the limit that is broken worst leads", () => {
  expect(order({ waitP90: 90 })[0]).toBe("wait");
  expect(order({ serviceLevel: 0.4, waitP90: 66 }).slice(0, 2)).toEqual(["serviceLevel", "wait"]);
});

test("never more than six figures, and no data is said", () => {
  const empty = { serviceLevel: null, averageSpeedOfAnswer: null, waitP90: null, answerRate: null, abandonRate: null };
  const figures = boardFigures(overview({ ...empty, offered: 0, answered: 0 }), [], rule);
  expect(figures.length).toBeLessThanOrEqual(6);
  expect(figures.find((figure) => figure.id === "serviceLevel")?.value).toBe("no data");
});

test("a wall knows agents by their first name", () => {
  expect(firstName("Ana Ruiz")).toBe("Ana");
  expect(firstName("Chloé")).toBe("Chloé");
});
