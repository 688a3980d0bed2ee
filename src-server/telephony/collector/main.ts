import { deliver } from "./deliver.ts";
import { readFileInto } from "./from-file.ts";
import { connectTo, listen } from "./from-socket.ts";
import { type CollectorOptions, readOptions, readSecret } from "./options.ts";
import { ownAlone } from "./own-alone.ts";
import { pause } from "./pause.ts";
import { Spool } from "./spool.ts";

/** Standard error carries what happens, in counts: never a line of a record. Standard output carries the answer. */
const log = (sentence: string) => console.error(`${new Date().toISOString()} ${sentence}`);

/** `npm run collector`: brings records from a phone system to the clinic server. */
async function main(args: string[]): Promise<number> {
  const options = readOptions(args);
  const letGo = ownAlone(`${options.spool}.lock`);
  try {
    const spool = await Spool.open(options.spool);
    const code = await collect(options, spool);
    await spool.close();
    return code;
  } finally {
    letGo();
  }
}

async function collect(options: CollectorOptions, spool: Spool): Promise<number> {
  const { input, server } = options;
  if (server.protocol === "http:" && !/^(localhost|127\.|\[::1\])/.test(server.hostname))
    log(
      "The server's address is http: records travel readable for everybody on the way. Use https outside of one machine.",
    );
  if (spool.backlog > 0) log(`${spool.backlog} bytes of an earlier run are still to be delivered.`);

  const stopping = new AbortController();
  const delivery = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      if (stopping.signal.aborted) process.exit(1);
      log("Stopping.");
      stopping.abort();
    });

  let readAll = false;
  const delivering = deliver(
    spool,
    { server, source: options.source, secret: () => readSecret(options.secretFile) },
    { stop: delivery.signal, untilEmpty: () => readAll, log },
  );
  const reading = read(options, spool, stopping.signal).finally(() => {
    readAll = true;
    spool.wake();
  });
  try {
    await Promise.race([reading, delivering]);
    await reading;
    // What is already on its way out may arrive; what can't is in the spool for the next start.
    if (stopping.signal.aborted) await Promise.race([delivering, pause(3000, delivery.signal)]);
    else if (input.kind === "file") await Promise.race([delivering, aborted(stopping.signal)]);
  } finally {
    delivery.abort();
  }
  const totals = await delivering;
  console.log(
    `received ${totals.received}, stored ${totals.stored}, duplicates ${totals.duplicates}, rejected ${totals.rejected}`,
  );
  if (spool.backlog > 0) log(`${spool.backlog} bytes are kept in the spool for the next start.`);
  return input.kind === "file" && !input.follow && (stopping.signal.aborted || spool.backlog > 0) ? 1 : 0;
}

function read({ input, spool: path }: CollectorOptions, spool: Spool, stop: AbortSignal): Promise<void> {
  if (input.kind === "file")
    return readFileInto(spool, { path: input.path, follow: input.follow, state: `${path}.place`, stop, log });
  if (input.kind === "connect") return connectTo(spool, input.address, { stop, log });
  const ready = (at: string) => console.log(`careboard collector listening on ${at}`);
  return listen(spool, input.address, { stop, log, ready });
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve());
  });

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
