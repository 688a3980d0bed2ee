import { type DeskInput, liveDesk } from "./kit/open-desk.ts";
import { answerParent, childInput } from "./kit/run-child.ts";
import { tileList } from "./tile-list.ts";

const input = childInput() as DeskInput & { clinicId: string; runs: number };
const desk = await liveDesk(input);
const { clinicId } = input;
const { day } = await desk.ask.today.overview({ clinicId });
const samples: Record<string, number[]> = {};
// Round by round and not tile by tile: what disturbs the machine for a moment doesn't fall on one tile alone.
for (let run = -3; run < input.runs; run++)
  for (const tile of tileList) {
    const start = performance.now();
    await tile.ask(desk.ask, { clinicId, today: day, run: run + 3 });
    if (run >= 0) (samples[tile.id] ??= []).push(performance.now() - start);
  }
await desk.close();
await answerParent({ today: day, samples });
process.exit(0);
