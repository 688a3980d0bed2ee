import { setTimeout as sleep } from "node:timers/promises";
import { cdrLine } from "../src-server/demo/cdr-line.ts";
import { demoClinics } from "../src-server/demo/demo-plan.ts";
import { liveCall } from "../src-server/demo/live-call.ts";
import { randomOf } from "../src-server/demo/random.ts";
import { must } from "#shared/kit/must.ts";
import { type DeskInput, liveDesk } from "./kit/open-desk.ts";
import { postLines } from "./kit/post-lines.ts";
import { answerParent, childInput } from "./kit/run-child.ts";

// One call at a time, with pauses of different length: from before the request is sent to the answer that shows the row.
const input = childInput() as DeskInput & { source: string; secret: string; clinicId: string; runs: number };
const desk = await liveDesk(input);
const random = randomOf("webhook");
const clinic = must(demoClinics[0], "a demo clinic");
const samples: number[] = [];
let seen = "";
let found: ((at: number) => void) | null = null;
let looking = false;

async function look(): Promise<void> {
  if (looking) return;
  looking = true;
  const { records } = await desk.ask.calls.list({ clinicId: input.clinicId, limit: 5 });
  looking = false;
  if (records.some((record) => record.callId === seen)) found?.(performance.now());
}
desk.watch(() => void look());

for (let run = -3; run < input.runs; run++) {
  await sleep(random.whole(50, 300));
  // In the future by seconds, so that it is the newest of all.
  const call = liveCall(random, clinic, Date.now() + 60_000 + run * 1000);
  const line = cdrLine(
    { ...call, start: call.end - 1000, answered: null, ending: "abandoned", direction: "inbound" },
    50_000 + run,
    {
      words: "legacy",
      separator: "/",
      callIds: "windows",
      fields: 27,
    },
  );
  seen = must(line.split(",")[1], "a call id");
  const visible = new Promise<number>((resolve) => (found = resolve));
  const late = new Promise<number>((_, reject) =>
    setTimeout(() => reject(new Error("a posted call never came")), 15_000).unref(),
  );
  const start = performance.now();
  const [at] = await Promise.all([Promise.race([visible, late]), postLines(input.serverUrl, input, [line])]);
  if (run >= 0) samples.push(at - start);
}
await desk.close();
await answerParent(samples);
process.exit(0);
