import { createORPCClient } from "@orpc/client";
import { implement } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import { expect, test, vi } from "vitest";
import { deskContract } from "#shared/contract/desk-contract.ts";
import type { DeskClient } from "./desk-client.ts";
import { deskError } from "./desk-error.ts";
import { portTransport } from "./port-transport.ts";

const origin = "app://careboard";
const contract = { desk: { reconnect: deskContract.desk.reconnect } };
const desk = implement(contract);
const router = desk.router({ desk: { reconnect: desk.desk.reconnect.handler(() => ({ asked: true })) } });

/** Of a window what the transport uses: messages to itself. */
class TestWindow extends EventTarget {
  readonly said: unknown[] = [];
  postMessage(message: unknown, to: string): void {
    this.said.push([message, to]);
  }
}

type Message = { source?: unknown; origin?: string; data?: unknown; port: MessagePort };

function setUp() {
  const window = new TestWindow();
  const transport = portTransport({ window: window as unknown as Window, origin });
  const client = createORPCClient<DeskClient>(transport.link);
  const hear = ({ source = window, origin: from = origin, data = "careboard:port", port }: Message) => {
    const event = new Event("message");
    Object.assign(event, { ports: [port] });
    for (const [name, value] of Object.entries({ source, origin: from, data })) {
      Object.defineProperty(event, name, { value });
    }
    window.dispatchEvent(event);
  };
  const deskPort = () => {
    const { port1, port2 } = new MessageChannel();
    new RPCHandler(router).upgrade(port1, { context: {} });
    port1.start();
    return { port: port2, close: () => port1.close() };
  };
  return { window, transport, client, hear, deskPort };
}

test("the window asks its preload for the port, and calls wait for it", async () => {
  const { window, transport, client, hear, deskPort } = setUp();
  expect(window.said).toEqual([["careboard:want-port", origin]]);
  const answer = client.desk.reconnect();
  const { port } = deskPort();
  hear({ port });
  expect(await answer).toEqual({ asked: true });
  expect(transport.state.getState()).toEqual({ kind: "open", opened: 1 });
  transport.close();
});

test("a port from anybody else, or a second one, is not taken", async () => {
  const { transport, client, hear, deskPort } = setUp();
  const stranger = new MessageChannel();
  const heard = vi.fn<() => void>();
  stranger.port1.addEventListener("message", heard);
  stranger.port1.start();
  hear({ port: stranger.port2, origin: "https://evil.example" });
  hear({ port: stranger.port2, source: {} });
  hear({ port: stranger.port2, data: "something else" });
  expect(transport.state.getState()).toEqual({ kind: "connecting" });
  hear({ port: deskPort().port });
  const started = vi.spyOn(stranger.port2, "start");
  hear({ port: stranger.port2 });
  expect(started).not.toHaveBeenCalled();
  expect(await client.desk.reconnect()).toEqual({ asked: true });
  expect(heard).not.toHaveBeenCalled();
  transport.close();
  stranger.port1.close();
});

test("a port the desk closed refuses further calls in words", async () => {
  const { transport, client, hear, deskPort } = setUp();
  const { port, close } = deskPort();
  hear({ port });
  await client.desk.reconnect();
  close();
  await vi.waitFor(() => expect(transport.state.getState().kind).toBe("lost"));
  const problem = deskError(await client.desk.reconnect().catch((error: unknown) => error));
  expect(problem.code).toBe("SERVICE_UNAVAILABLE");
});
