import { join } from "node:path";
import { parentPort } from "node:worker_threads";
import { must } from "#shared/kit/must.ts";
import { createApplier } from "../sync/applier.ts";
import { createWiper, type Wiper } from "../sync/create-wiper.ts";
import { followServer, type ServerFollowing } from "../sync/follow-server.ts";
import { createViewer } from "../sync/viewer.ts";
import { loadAhead } from "./ahead.ts";
import { answerQuery } from "./answer-query.ts";
import { brokenBy } from "./broken.ts";
import { openDatabase } from "./open-database.ts";
import type { FromWorker, ToOpen, ToWorker } from "./protocol.ts";
import { createTurns } from "./turns.ts";
import { startUpkeep } from "./upkeep.ts";
import { WrongKey } from "./wrong-key.ts";

// The replica's own thread: PGlite and everything that writes into it. A query here stops no window. It begins with loading what
// every replica needs; which one it is to open, and the key, are its first message.
const port = must(parentPort, "the main process");
const say = (message: FromWorker) => port.postMessage(message);
let broken = false;
let damage: string | null = null;
const onBroken = (error: unknown) => {
  if (broken) return;
  broken = true;
  say(error instanceof WrongKey ? { kind: "wrongKey" } : { kind: "broken", broken: brokenBy(error, damage) });
};
const ahead = loadAhead();
// Whoever opens a replica hears of it.
ahead.catch(() => {});
const open = async ({ folder, schema, key }: ToOpen) => {
  const opened = await openDatabase(folder, schema, key, await ahead);
  key.fill(0);
  opened.onDamage((problem) => {
    damage = problem;
    // Whoever read it has its turn to fail first; should PostgreSQL make light of it, it is said all the same.
    setImmediate(onBroken, new Error(problem));
  });
  return opened;
};

async function main(which: ToOpen): Promise<void> {
  const { pg, erased } = await open(which);
  const turns = createTurns();
  let following: ServerFollowing | null = null;
  let wiper: Wiper = async () => {};
  const upkeep = startUpkeep(pg, turns, onBroken, (stopped) => wiper(stopped));
  const applier = await createApplier({
    pg,
    turns,
    onCommit: (shape, different) => {
      if (different > 0) upkeep.changed(shape, different);
      viewer.changed();
    },
  });
  const viewer = createViewer(applier, () => following, (view) => say({ kind: "view", view })); // prettier-ignore
  await applier.leaveOthers();
  const event = () => following?.event() ?? null;
  wiper = createWiper({ pg, turns, applier, event, aside: join(which.folder, "data.damaged") });

  const unfollow = async () => {
    const old = following;
    following = null;
    await old?.stop();
  };
  let order = Promise.resolve();
  /** Orders are carried out one after the other: two sessions are never followed at once. */
  const carryOut = (work: () => Promise<void>) => {
    order = order.then(work).catch(onBroken);
  };
  port.on("message", (message: ToWorker) => {
    switch (message.kind) {
      case "query":
        return void turns.read(() => answerQuery(pg, message)).then(say, onBroken);
      case "follow":
        return carryOut(async () => {
          await unfollow();
          following = await followServer({ ...message, applier, onChange: viewer.changed, onBroken });
          viewer.changed();
        });
      case "token":
        return carryOut(async () => following?.retoken(message.token));
      case "unfollow":
        return carryOut(unfollow);
      case "retry":
        return following?.retry();
      case "close":
        return carryOut(async () => {
          try {
            await unfollow();
            await upkeep.stop();
            if (!broken) {
              await applier.rest();
              await turns.write(() => pg.exec("checkpoint"));
              await turns.write(() => pg.close());
            }
          } finally {
            // Also where a full disk takes nothing any more: whoever closes it waits, maybe to erase it. The log has every commit.
            say({ kind: "closed" });
            port.close();
          }
        });
    }
  });
  say({ kind: "opened", erased, view: viewer.now() });
}

port.once("message", (which: ToOpen) => {
  const work = which.make
    ? open(which)
        .then(({ pg }) => pg.close())
        .finally(() => port.close())
    : main(which);
  work.catch(onBroken);
});
