import { type DeskInput, liveDesk } from "./open-desk.ts";
import { answerParent, childInput } from "./run-child.ts";

const desk = await liveDesk(childInput() as DeskInput);
await desk.close();
await answerParent(true);
process.exit(0);
