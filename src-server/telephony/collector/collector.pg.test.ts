import { once } from "node:events";
import { appendFileSync, existsSync, renameSync, statSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { Hono } from "hono";
import { expect, onTestFinished, test } from "vitest";
import { must } from "#shared/kit/must.ts";
import { clinicForTest } from "../fixture/clinic.ts";
import { recordsOf, shapes } from "../reader/fixture/shapes.ts";
import { webhook } from "../webhook.ts";
import { deliver } from "./deliver.ts";
import { collector, folderForTest, type Run, serverForTest, until } from "./fixture.ts";
import { Spool } from "./spool.ts";

const shape = must(
  shapes.find((s) => s.name === "direct call answered"),
  "shape",
);
/** `count` calls of their own, from number `from` on. */
const lines = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) =>
    must(recordsOf(shape, from + i, Date.UTC(2024, 3, 30) + (from + i) * 1000)[0], "line"),
  );

async function office() {
  const clinic = await clinicForTest();
  const app = webhook({ database: clinic, log: { info: () => {}, error: () => {} } });
  const server = await serverForTest(app);
  const count = async () => {
    const { rows } = await clinic.systemPool.query<{ calls: number; raw: number }>(
      "select (select count(*) from calls) as calls, (select count(*) from raw_records) as raw",
    );
    return rows[0];
  };
  const has = (calls: number) => until(`${calls} calls`, async () => (await count())?.calls === calls);
  return { clinic, app, server, count, has, folder: folderForTest() };
}
const listening = async (run: Run) => {
  await until("the collector to listen", () => /listening on .*:(\d+)/.test(run.out()));
  return Number(/:(\d+)\s*$/m.exec(run.out())?.[1]);
};
const dial = async (port: number): Promise<Socket> => {
  const socket = connect({ host: "127.0.0.1", port });
  await once(socket, "connect");
  return socket;
};

test("a file, once: everything is delivered, the totals are printed; again it is all duplicates", async () => {
  const { server, count, folder } = await office();
  const file = join(folder, "cdr.log");
  // No line end after the last record.
  writeFileSync(file, [...lines(1, 1200), "nonsense"].join("\r\n"));
  const first = collector(folder, server.url, "--file", file);
  expect(await first.ended).toBe(0);
  expect(first.out()).toContain("received 1201, stored 1200, duplicates 0, rejected 1");
  const second = collector(folder, server.url, "--file", file);
  expect(await second.ended).toBe(0);
  expect(second.out()).toContain("received 1201, stored 0, duplicates 1201, rejected 0");
  expect(await count()).toEqual({ calls: 1200, raw: 1201 });
  expect(first.err() + second.err()).not.toContain("2025550144");
  expect(statSync(join(folder, "pbx.spool")).size).toBe(0);
});

test("an active socket: cut packets, many connections; without a server, and killed, nothing is lost", async () => {
  const { server, count, has, folder } = await office();
  await server.down();
  const first = collector(folder, server.url, "--listen", "127.0.0.1:0");
  const port = await listening(first);
  const open = await dial(port);
  const text = Buffer.from(`${lines(1, 300).join("\r\n")}\r\n`);
  for (let at = 0; at < text.length; at += 997) open.write(text.subarray(at, at + 997));
  for (const line of lines(301, 20)) {
    // Open, send, close, with no line end at all.
    const once_ = await dial(port);
    once_.end(line);
    await once(once_, "close");
  }
  const spooled = () => (existsSync(join(folder, "pbx.spool")) ? statSync(join(folder, "pbx.spool")).size : 0);
  const whole = lines(1, 320).reduce((sum, line) => sum + line.length + 1, 0);
  await until("all lines to be kept", () => spooled() === whole);
  expect(await count()).toEqual({ calls: 0, raw: 0 });
  first.child.kill("SIGKILL");
  await first.ended;
  open.destroy();

  await server.back();
  const second = collector(folder, server.url, "--listen", "127.0.0.1:0");
  await has(320);
  const again = await dial(await listening(second));
  again.write(`${lines(321, 1).join("\n")}\n${lines(1, 1).join("\n")}\n`);
  await has(321);
  again.destroy();
  second.child.kill("SIGTERM");
  expect(await second.ended).toBe(0);
  expect(await count()).toEqual({ calls: 321, raw: 321 });
});

test("a passive socket: connects, and again when the phone system has ended the connection", async () => {
  const { server, count, has, folder } = await office();
  const sockets: Socket[] = [];
  const pbx = createServer((socket) => void sockets.push(socket.on("error", () => {})));
  pbx.listen(0, "127.0.0.1");
  await once(pbx, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    pbx.close();
  });
  const address = pbx.address();
  const port = typeof address === "object" && address ? address.port : 0;
  collector(folder, server.url, "--connect", `127.0.0.1:${port}`);
  await until("the first connection", () => sockets.length === 1);
  sockets[0]?.end(`${lines(1, 5).join("\r\n")}\r\n`);
  await until("the second connection", () => sockets.length === 2);
  sockets[1]?.write(`${lines(6, 5).join("\r\n")}\r\n`);
  await has(10);
  expect(await count()).toEqual({ calls: 10, raw: 10 });
});

test("a file that is followed: added lines, a line in two parts, a kill, another file in its place, a file cut to nothing", async () => {
  const { server, count, has, folder } = await office();
  const file = join(folder, "cdr.log");
  const run = () => collector(folder, server.url, "--file", file, "--follow");
  const first = run();
  await until("the collector to wait", () => first.err().includes("waiting"));
  const [a, b] = lines(1, 2) as [string, string];
  writeFileSync(file, `${a}\r\n${b.slice(0, 50)}`);
  await has(1);
  appendFileSync(file, `${b.slice(50)}\r\n`);
  await has(2);
  first.child.kill("SIGKILL");
  await first.ended;
  appendFileSync(file, `${lines(3, 3).join("\n")}\n`);
  const second = run();
  await has(5);
  // Rotation: what was added last is still read from the old file, its last line without an end.
  appendFileSync(file, lines(6, 2).join("\n"));
  renameSync(file, `${file}.1`);
  writeFileSync(file, `${lines(8, 2).join("\n")}\n`);
  await has(9);
  // Cut in its place, and filled with something longer.
  writeFileSync(file, `${lines(10, 40).join("\n")}\n`);
  await has(49);
  second.child.kill("SIGTERM");
  expect(await second.ended).toBe(0);
  expect(await count()).toEqual({ calls: 49, raw: 49 });
});

test("killed at any moment while a file goes through: nothing lost, nothing twice", async () => {
  const { server, count, has, folder } = await office();
  const file = join(folder, "cdr.log");
  writeFileSync(file, lines(1, 4000).join("\n"));
  for (const after of [1, 400, 1500]) {
    const run = collector(folder, server.url, "--file", file);
    await until(
      `${after} calls or the end`,
      async () => ((await count())?.calls ?? 0) >= after || run.child.exitCode !== null,
    );
    run.child.kill("SIGKILL");
    await run.ended;
  }
  expect(await collector(folder, server.url, "--file", file).ended).toBe(0);
  await has(4000);
  expect((await count())?.raw).toBe(4000);
});

test("a wrong secret is said and waited for; a server that takes less gets less at once", async () => {
  const { app, clinic, folder } = await office();
  let most = 100_000;
  const narrow = new Hono();
  narrow.use(async (c, next) => (Number(c.req.header("content-length")) > most ? c.text("too much", 413) : next()));
  narrow.route("/", app);
  const server = await serverForTest(narrow);
  const spool = await Spool.open(join(folder, "own.spool"));
  await spool.append(lines(1, 50).map((line) => Buffer.from(line)));
  let secret = "wrong";
  most = 1500;
  const said: string[] = [];
  const counts = await deliver(
    spool,
    { server: new URL(`${server.url}/`), source: "pbx", secret: () => secret },
    {
      stop: new AbortController().signal,
      untilEmpty: () => true,
      refusedWait: 20,
      log: (sentence) => {
        said.push(sentence);
        secret = "open sesame";
      },
    },
  );
  expect(counts).toEqual({ received: 50, stored: 50, duplicates: 0, rejected: 0 });
  expect(said).toEqual([expect.stringContaining("npm run source -- rotate pbx"), "The server takes records again."]);
  expect((await clinic.calls()).length).toBe(50);
  await spool.close();
});

test("two collectors never share a spool", async () => {
  const { server, folder } = await office();
  const first = collector(folder, server.url, "--listen", "127.0.0.1:0");
  await listening(first);
  const second = collector(folder, server.url, "--listen", "127.0.0.1:0");
  expect(await second.ended).toBe(1);
  expect(second.err()).toContain("--spool");
  first.child.kill("SIGTERM");
  expect(await first.ended).toBe(0);
});
