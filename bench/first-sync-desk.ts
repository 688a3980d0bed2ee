import { type DeskInput, openDesk } from "./kit/open-desk.ts";
import { answerParent, childInput } from "./kit/run-child.ts";
import { watchProcess } from "./kit/watch-process.ts";

export type SyncFigures = {
  rows: number;
  /** From the first request for rows to live. */
  seconds: number;
  /** From signing in to live: with the opening of a new replica. */
  totalSeconds: number;
  usableMilliseconds: number;
  peakMegabytes: number;
  longestStall: number;
};

const input = childInput() as DeskInput & { clinicId: string };
const desk = await openDesk(input);
await desk.until((status) => status.state === "signedOut");
const watch = watchProcess();
const start = performance.now();
let usable = NaN;
let began = NaN;
desk.watch((status) => {
  if (status.state === "syncing" && Number.isNaN(began)) began = performance.now();
  if (status.usable && Number.isNaN(usable)) usable = performance.now() - start;
});
await desk.ask.desk.signIn({ email: input.email, password: input.password });
await desk.until((status) => status.state === "live");
const seconds = (performance.now() - began) / 1000;
const totalSeconds = (performance.now() - start) / 1000;
const figures = watch.end();
// Counted in the replica itself, so that a sync that came short can't look fast.
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
const { totals } = await desk.ask.reports.callAnalytics({
  clinicId: input.clinicId,
  startDate: day(1500),
  endDate: day(-2),
  groupBy: "none",
});
const rows = totals.offered + totals.outbound + totals.internal;
await desk.close();
await answerParent({ rows, seconds, totalSeconds, usableMilliseconds: usable, ...figures } satisfies SyncFigures);
process.exit(0);
