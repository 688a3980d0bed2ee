import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import { implement } from "@orpc/server";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { deskContract } from "#shared/contract/desk-contract.ts";
import { must } from "#shared/kit/must.ts";
import { readRendererFiles } from "../renderer-files.ts";
import { builtPages } from "./built-pages.ts";
import { keepPort, portsToTry } from "./last-port.ts";
import { type BrowserShell, serveBrowser } from "./serve-browser.ts";

const { status, signIn, signOut, reconnect } = deskContract.desk;
const contract = { desk: { status, signIn, signOut, reconnect } };
const desk = implement(contract);
const router = desk.router({
  desk: {
    status: desk.desk.status.handler(async function* () {}),
    signIn: desk.desk.signIn.handler(() => Promise.reject(new Error("not here"))),
    signOut: desk.desk.signOut.handler(() => ({ ended: true })),
    reconnect: desk.desk.reconnect.handler(() => ({ asked: true })),
  },
});

type Answer = { status: number; headers: NodeJS.Dict<string | string[]>; body: string };
let folder: string;
let shell: BrowserShell;
let links: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "careboard-shell-"));
  const out = join(folder, "renderer");
  await mkdir(join(out, "assets"), { recursive: true });
  await writeFile(join(out, "index.html"), "<!doctype html><title>Careboard</title>");
  await writeFile(join(out, "assets/index-abc.js"), "export {};");
  await writeFile(join(out, ".hidden.js"), "hidden");
  await writeFile(join(folder, "secret.json"), "outside");
  links = [];
  shell = await serveBrowser({ router, pages: await pagesOf(out), ports: [0], onLink: (url) => links.push(url) });
});
afterEach(async () => {
  await shell.close();
  await rm(folder, { recursive: true });
});

/** A request as it is written: no address is tidied, no header added on the way. */
async function ask(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  const sent = httpRequest({ host: "127.0.0.1", port: shell.port, path, method, headers, agent: false });
  sent.end();
  const [received] = await once(sent, "response");
  let body = "";
  for await (const part of received) body += String(part);
  return { status: received.statusCode, headers: received.headers, body };
}

async function letIn(link = shell.link): Promise<string> {
  const { pathname, search } = new URL(link);
  const answer = await ask(pathname + search);
  expect(answer.status).toBe(303);
  return must(answer.headers["set-cookie"]?.[0]?.split(";")[0], "a cookie");
}

const pagesOf = async (out: string) => builtPages(await readRendererFiles(out));
const here = () => `http://127.0.0.1:${shell.port}`;

function socketTo(path: string, headers: Record<string, string>): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${shell.port}${path}`, { headers });
}

async function refusalOf(path: string, headers: Record<string, string>): Promise<number> {
  const socket = socketTo(path, headers);
  const [, response] = await once(socket, "unexpected-response");
  socket.on("error", () => undefined);
  socket.terminate();
  return response.statusCode;
}

describe("the link", () => {
  test("lets in one browser, once, with a cookie no script and no other site can use", async () => {
    const { pathname, search } = new URL(shell.link);
    const first = await ask(pathname + search);
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe("/");
    expect(first.headers["set-cookie"]?.[0]).toMatch(
      /^careboard_desk_\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
    );
    const second = await ask(pathname + search);
    expect(second.status).toBe(403);
    expect(second.body).toContain("has not been let in");
    // The browser that came in with it may open it again.
    const cookie = first.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
    const again = await ask(pathname + search, { cookie });
    expect([again.status, again.headers.location, again.headers["set-cookie"]]).toEqual([303, "/", undefined]);
  });

  test("is followed by a fresh one for another browser", async () => {
    await letIn();
    expect(links).toHaveLength(1);
    const cookie = await letIn(links[0]);
    expect((await ask("/", { cookie })).status).toBe(200);
    expect(links).toHaveLength(2);
  });

  test("is not used up by who only looks ahead", async () => {
    const { pathname, search } = new URL(shell.link);
    expect((await ask(pathname + search, { "sec-purpose": "prefetch;prerender" })).status).toBe(503);
    expect((await ask(pathname + search, {}, "HEAD")).status).toBe(503);
    await letIn();
  });

  test.each(["/enter", "/enter?token=", "/enter?token=wrong", "/", "/assets/index-abc.js", "/?token=wrong"])(
    "%s without a right one is refused",
    async (path) => {
      const answer = await ask(path, { cookie: `careboard_desk_${shell.port}=wrong` });
      expect(answer.status).toBe(403);
      expect(answer.body).not.toContain("<");
    },
  );

  test("opened from another site's page, is gone through twice to get its cookie along", async () => {
    const cookie = await letIn();
    const from = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    const step = await ask("/", from);
    expect(step).toMatchObject({ status: 200, body: expect.stringContaining('url=/"') });
    expect(step.body).not.toContain("script");
    expect((await ask("/", { ...from, cookie })).body).toContain("<title>Careboard</title>");
    expect((await ask("/", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" })).status).toBe(403);
  });
});

describe("the pages", () => {
  test("come under a policy that runs nothing but their own files", async () => {
    const cookie = await letIn();
    const answer = await ask("/", { cookie });
    const policy = String(answer.headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self' 'sha256-");
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${shell.port} ws://localhost:${shell.port};`);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(answer.headers).toMatchObject({
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
    });
    const asset = await ask("/assets/index-abc.js", { cookie });
    expect(asset.headers["content-type"]).toBe("text/javascript; charset=utf-8");
    expect(asset.headers["cache-control"]).toContain("immutable");
  });

  test.each([
    "/../secret.json",
    "/..%2fsecret.json",
    "/%2e%2e/secret.json",
    "/assets/../../secret.json",
    "/assets/..%5c..%5csecret.json",
    "//secret.json",
    "/.hidden.js",
    "/%00",
    "/%",
    "/nothing.js",
  ])("%s leads nowhere", async (path) => {
    const answer = await ask(path, { cookie: await letIn() });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain("outside");
  });

  test.each([
    "evil.example",
    "evil.example:80",
    "127.0.0.1",
    "0.0.0.0:PORT",
    "127.0.0.1.evil.example:PORT",
    "localhost:1",
  ])("are not served under the name %s", async (name) => {
    const cookie = await letIn();
    const answer = await ask("/", { cookie, host: name.replace("PORT", String(shell.port)) });
    expect(answer.status).toBe(403);
    expect(answer.body).toContain("answers only at");
  });

  test("are not changed by anybody: another method is refused, from another site before all", async () => {
    const cookie = await letIn();
    expect((await ask("/", { cookie }, "POST")).status).toBe(403);
    expect((await ask("/", { cookie, origin: "https://evil.example" }, "POST")).status).toBe(403);
    expect((await ask("/", { cookie, origin: here() }, "POST")).status).toBe(405);
    expect((await ask("/", { cookie, origin: "https://evil.example" })).status).toBe(403);
  });
});

describe("the contract's socket", () => {
  test("answers a browser that was let in", async () => {
    const socket = socketTo("/port", { origin: here(), cookie: await letIn() });
    socket.binaryType = "arraybuffer";
    const link = new RPCLink({ websocket: socket });
    const client = createORPCClient<ContractRouterClient<typeof contract>>(link);
    expect(await client.desk.reconnect()).toEqual({ asked: true });
    socket.terminate();
  });

  test("is refused without the cookie, from another site, from nowhere, by another name and elsewhere", async () => {
    const cookie = await letIn();
    const origin = here();
    expect(await refusalOf("/port", { origin })).toBe(403);
    expect(await refusalOf("/port", { cookie })).toBe(403);
    expect(await refusalOf("/port", { cookie, origin: "https://evil.example" })).toBe(403);
    expect(await refusalOf("/port", { cookie, origin: "null" })).toBe(403);
    expect(await refusalOf("/port", { cookie, origin: `http://localhost:${shell.port}` })).toBe(403);
    const host = `evil.example:${shell.port}`;
    expect(await refusalOf("/port", { cookie, host, origin: `http://${host}` })).toBe(403);
    expect(await refusalOf("/elsewhere", { cookie, origin })).toBe(404);
  });

  test("closes on a frame larger than any input, and goes on for the others", async () => {
    const cookie = await letIn();
    const [large, small] = [0, 0].map(() => socketTo("/port", { origin: here(), cookie }));
    const socket = must(large, "a socket");
    await once(socket, "open");
    socket.send("x".repeat(1024 * 1024 + 1));
    const [code] = await once(socket, "close");
    expect(code).toBe(1009);
    const other = must(small, "a socket");
    if (other.readyState !== other.OPEN) await once(other, "open");
    other.ping();
    await once(other, "pong");
  });

  test("that no longer answers a heartbeat is let go; one that does stays", async () => {
    await shell.close();
    const pages = await pagesOf(join(folder, "renderer"));
    shell = await serveBrowser({ router, pages, ports: [0], onLink: () => {}, beatEvery: 250 });
    const headers = { origin: here(), cookie: await letIn() };
    const address = `ws://127.0.0.1:${shell.port}/port`;
    const [live, dead] = [true, false].map((autoPong) => new WebSocket(address, { headers, autoPong }));
    const gone = once(must(dead, "a socket"), "close");
    let pings = 0;
    const beats = new Promise<void>((resolve) => {
      live?.on("ping", () => {
        pings += 1;
        if (pings === 3) resolve();
      });
    });
    await Promise.all([gone, beats]);
    expect(live?.readyState).toBe(WebSocket.OPEN);
  });

  test("is told when the desk ends", async () => {
    const socket = socketTo("/port", { origin: here(), cookie: await letIn() });
    await once(socket, "open");
    const closed = once(socket, "close");
    await shell.close();
    expect((await closed)[0]).toBe(1001);
    shell = await serveBrowser({
      router,
      pages: await pagesOf(join(folder, "renderer")),
      ports: [0],
      onLink: () => {},
    });
  });
});

test("a taken port is said to be taken, by the name of its option", async () => {
  const pages = await pagesOf(join(folder, "renderer"));
  await expect(serveBrowser({ router, pages, ports: [shell.port], onLink: () => {} })).rejects.toThrow(
    `Port ${shell.port} is taken: choose another with --port`,
  );
});

test("the port of the last time is taken again, and another when it is not free", async () => {
  const pages = await pagesOf(join(folder, "renderer"));
  expect(await portsToTry(folder, null)).toEqual([0]);
  await keepPort(folder, shell.port);
  const ports = await portsToTry(folder, null);
  expect(ports).toEqual([shell.port, 0]);
  expect(await portsToTry(folder, 8080)).toEqual([8080]);
  const other = await serveBrowser({ router, pages, ports, onLink: () => {} });
  expect(other.port).not.toBe(shell.port);
  await other.close();
});

test("an unbuilt renderer is said to be unbuilt", async () => {
  await expect(pagesOf(join(folder, "nowhere"))).rejects.toThrow("npm run build");
});
