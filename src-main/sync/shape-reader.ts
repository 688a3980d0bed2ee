import { parentPort, workerData } from "node:worker_threads";
import { must } from "#shared/kit/must.ts";
import { after } from "#shared/sync/position.ts";
import { askShape } from "./ask-shape.ts";
import type { ReaderData, ToReader } from "./read-ahead.ts";
import { isSnapshot } from "./snapshot-offset.ts";

// A thread that reads a first snapshot ahead of the replica's thread, and ends when the snapshot does or cannot be read on.
const port = must(parentPort, "the replica's thread");
const { known, ...question } = workerData as ReaderData;
let { at, token } = question;
const credit = { answers: 0 };
let wake = () => {};
port.on("message", (message: ToReader) => {
  if ("token" in message) ({ token } = message);
  else credit.answers += message.allow;
  wake();
});

while (isSnapshot(at.offset)) {
  while (credit.answers === 0) await new Promise<void>((resolve) => (wake = resolve));
  credit.answers--;
  const answer = await askShape({
    ...question,
    token,
    at,
    live: null,
    encode: new Set(known),
    signal: new AbortController().signal,
  });
  const moved = answer.kind === "messages" && answer.rows ? [answer.rows.text.buffer, answer.rows.ends.buffer] : [];
  port.postMessage(answer, moved);
  if (answer.kind !== "messages") break;
  at = after(at, answer);
}
port.close();
