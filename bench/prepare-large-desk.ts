import { setTimeout as sleep } from "node:timers/promises";
import { must } from "#shared/kit/must.ts";
import { type DeskInput, liveDesk } from "./kit/open-desk.ts";
import { answerParent, childInput } from "./kit/run-child.ts";

const desk = await liveDesk(childInput() as DeskInput);
const { person } = await desk.until(() => true);
// A desk that has been on for half a minute: it tidies up once nobody asks for anything.
await sleep(30_000);
await desk.close();
await answerParent(must(person, "who is signed in").id);
process.exit(0);
