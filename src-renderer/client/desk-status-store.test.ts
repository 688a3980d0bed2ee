import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { must } from "#shared/kit/must.ts";
import { connectBy } from "./connect.ts";
import { socketTransport } from "./socket-transport.ts";
import { statusWith, testDesk } from "./test-desk.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const desk = testDesk();
  const connection = connectBy(socketTransport({ open: desk.socket, wait: () => 1000 }));
  const last = () => must(desk.sockets.at(-1), "a socket");
  return { desk, connection, last, view: () => connection.view.getState() };
}

test("the view follows the desk's words and this window's link", async () => {
  const { desk, connection, last, view } = setUp();
  expect(view()).toEqual({ status: null, link: { kind: "connecting" } });
  last().open();
  await vi.waitFor(() => expect(view().status?.state).toBe("live"));
  desk.say(statusWith({ state: "offline" }));
  await vi.waitFor(() => expect(view()).toMatchObject({ status: { state: "offline" }, link: { kind: "open" } }));
  connection.close();
});

test("the last word stays while the link is away, and the next is asked for once it is back", async () => {
  const { desk, connection, last, view } = setUp();
  last().open();
  await vi.waitFor(() => expect(view().status?.state).toBe("live"));
  for (let tries = 0; tries < 30; tries += 1) {
    last().close();
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(view()).toMatchObject({ status: { state: "live" }, link: { kind: "connecting" } });
  desk.say(statusWith({ state: "syncing" }));
  last().open();
  await vi.waitFor(() => expect(view().status?.state).toBe("syncing"));
  connection.close();
});

test("a closed connection asks no more", async () => {
  const { desk, connection, last, view } = setUp();
  last().open();
  await vi.waitFor(() => expect(view().status?.state).toBe("live"));
  connection.close();
  desk.say(statusWith({ state: "offline" }));
  await vi.advanceTimersByTimeAsync(20_000);
  expect(view().status?.state).toBe("live");
  expect(desk.sockets).toHaveLength(1);
});
