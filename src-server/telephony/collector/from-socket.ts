import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { BackOff } from "./back-off.ts";
import { keepLines } from "./keep-lines.ts";
import { LineCutter } from "./line-cutter.ts";
import { pause } from "./pause.ts";
import type { Spool } from "./spool.ts";

export type Address = { host: string; port: number };
type Options = { stop: AbortSignal; log: (sentence: string) => void };

/** More than phone systems open at once; it bounds what strangers can make this process hold. */
const mostConnections = 256;

/** The server of an active socket: 3CX connects here, and leaves the connection open or opens one for every record. */
export async function listen(
  spool: Spool,
  { host, port }: Address,
  options: Options & { ready: (address: string) => void },
) {
  const open = new Set<Promise<void>>();
  const server = createServer((socket) => {
    const read = readSocket(spool, socket, options).finally(() => open.delete(read));
    open.add(read);
  });
  server.maxConnections = mostConnections;
  server.listen(port, host);
  await once(server, "listening");
  const at = server.address();
  options.ready(
    typeof at === "object" && at
      ? `${at.family === "IPv6" ? `[${at.address}]` : at.address}:${at.port}`
      : `${host}:${port}`,
  );
  if (!options.stop.aborted) await once(options.stop, "abort");
  server.close();
  await Promise.all(open);
}

/** The client of a passive socket: connects to 3CX, and again whenever the connection ends. */
export async function connectTo(spool: Spool, { host, port }: Address, options: Options): Promise<void> {
  const { stop, log } = options;
  const backOff = new BackOff(500, 15_000);
  let connected = false;
  let told = false;
  while (!stop.aborted) {
    const socket = connect({ host, port });
    socket.on("error", () => {});
    const opened = await once(socket, "connect", { signal: AbortSignal.any([stop, AbortSignal.timeout(10_000)]) })
      .then(() => true)
      .catch(() => false);
    if (opened) {
      if (!connected) log(`Connected to the phone system at ${host}:${port}.`);
      connected = true;
      told = false;
      const since = performance.now();
      await readSocket(spool, socket, options);
      // One that is dropped at once is not asked again at once.
      if (performance.now() - since > 5000) backOff.reset();
    } else socket.destroy();
    if (stop.aborted) return;
    if (!told)
      log(
        `The phone system at ${host}:${port} ${opened ? "closed the connection" : "can't be reached"}: trying again.`,
      );
    told = true;
    connected = false;
    await pause(backOff.next(), stop);
  }
}

/** Reads one connection to its end; nothing more is read while the lines before are on their way to the disk. */
async function readSocket(spool: Spool, socket: Socket, options: Options): Promise<void> {
  socket.on("error", () => {});
  socket.setKeepAlive(true, 30_000);
  const cutter = new LineCutter();
  const end = () => socket.destroy();
  options.stop.addEventListener("abort", end);
  if (options.stop.aborted) end();
  try {
    for await (const chunk of socket as AsyncIterable<Buffer>) await keepLines(spool, cutter.push(chunk), options);
  } catch {
    // A connection that breaks ends like one that closes: what came is kept.
  } finally {
    options.stop.removeEventListener("abort", end);
    socket.destroy();
  }
  await keepLines(spool, cutter.end(), options).catch(() => {});
}
