import { createORPCClient } from "@orpc/client";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { must } from "#shared/kit/must.ts";
import { backOff } from "./back-off.ts";
import type { DeskClient } from "./desk-client.ts";
import { deskError } from "./desk-error.ts";
import { socketTransport } from "./socket-transport.ts";
import { testDesk } from "./test-desk.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(refused = false) {
  const desk = testDesk();
  const asked: number[] = [];
  const wait = (tries: number) => {
    asked.push(tries);
    return 1000;
  };
  const transport = socketTransport({ open: desk.socket, refused: async () => refused, wait });
  const client = createORPCClient<DeskClient>(transport.link);
  const last = () => must(desk.sockets.at(-1), "a socket");
  return { desk, transport, client, last, asked };
}

describe("a call", () => {
  test("made before the socket is open waits for it", async () => {
    const { client, last } = setUp();
    const answer = client.desk.reconnect();
    last().open();
    expect(await answer).toEqual({ asked: true });
  });

  test("made while the desk is away is refused at once, in words for people", async () => {
    const { client, last } = setUp();
    last().open();
    last().close();
    const problem = deskError(await client.desk.reconnect().catch((error: unknown) => error));
    expect(problem).toMatchObject({ code: "SERVICE_UNAVAILABLE", fields: {} });
    expect(problem.message).toContain("connects again by itself");
  });

  test("under way when the link breaks is refused, and never sent again", async () => {
    const { client, desk, last } = setUp();
    last().open();
    const answer = client.desk.signOut().catch((error: unknown) => error);
    await vi.waitFor(() => expect(desk.held).toHaveLength(1));
    last().close();
    expect(deskError(await answer).message).toContain("broke off before the answer came");
    await vi.advanceTimersByTimeAsync(1000);
    last().open();
    await vi.advanceTimersByTimeAsync(5000);
    expect(desk.held).toHaveLength(1);
  });

  test("that the desk refuses keeps its code, sentence and fields", async () => {
    const { client, last } = setUp();
    last().open();
    const error: unknown = await client.desk.signIn({ email: "a@b.example", password: "x" }).catch((e: unknown) => e);
    expect(deskError(error)).toEqual({
      code: "BAD_REQUEST",
      message: "Write your password.",
      fields: { password: "It is missing." },
    });
  });

  test("given up by who asked is not called a lost link", async () => {
    const { client, desk, last } = setUp();
    last().open();
    const ends = new AbortController();
    const answer = client.desk.signOut(undefined, { signal: ends.signal }).catch((error: unknown) => error);
    await vi.waitFor(() => expect(desk.held).toHaveLength(1));
    ends.abort(new Error("left the screen"));
    expect(await answer).toMatchObject({ message: "left the screen" });
  });
});

describe("the link", () => {
  test("comes back by itself, and counts how often it came up", async () => {
    const { transport, client, last, desk } = setUp();
    expect(transport.state.getState()).toEqual({ kind: "connecting" });
    last().open();
    expect(transport.state.getState()).toEqual({ kind: "open", opened: 1 });
    last().close();
    expect(transport.state.getState()).toEqual({ kind: "lost", retryAt: Date.now() + 1000 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(desk.sockets).toHaveLength(2);
    last().open();
    expect(transport.state.getState()).toEqual({ kind: "open", opened: 2 });
    expect(await client.desk.reconnect()).toEqual({ asked: true });
  });

  test("waits longer with each try that fails, and begins anew once it was up", async () => {
    const { last, asked } = setUp();
    for (let tries = 0; tries < 3; tries += 1) {
      last().close();
      await vi.advanceTimersByTimeAsync(1000);
    }
    last().open();
    last().close();
    expect(asked).toEqual([0, 1, 2, 0]);
  });

  test("tries at once when asked to, and only once", async () => {
    const { transport, desk, last } = setUp();
    transport.retry();
    expect(desk.sockets).toHaveLength(1);
    last().close();
    transport.retry();
    expect(desk.sockets).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(5000);
    expect(desk.sockets).toHaveLength(2);
  });

  test("stops trying when the desk runs but doesn't know this window", async () => {
    const { transport, client, desk, last } = setUp(true);
    last().close();
    await vi.advanceTimersByTimeAsync(5000);
    expect(transport.state.getState()).toEqual({ kind: "expired" });
    expect(desk.sockets).toHaveLength(1);
    const problem = deskError(await client.desk.reconnect().catch((error: unknown) => error));
    expect(problem.message).toContain("open the link that the desk printed");
  });

  test("closed on purpose stays closed", async () => {
    const { transport, desk, last } = setUp();
    last().open();
    transport.close();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(desk.sockets).toHaveLength(1);
  });
});

test("the back-off grows to eight seconds and not beyond, and never to nothing", () => {
  expect([0, 1, 2, 5, 50].map((tries) => backOff(tries, () => 1))).toEqual([250, 500, 1000, 8000, 8000]);
  expect([0, 50].map((tries) => backOff(tries, () => 0))).toEqual([125, 4000]);
});
