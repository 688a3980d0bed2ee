import { implement } from "@orpc/server";
import { RPCHandler } from "@orpc/server/websocket";
import { deskContract, type DeskStatus } from "#shared/contract/desk-contract.ts";
import { shapeName } from "#shared/contract/sync.ts";

const { status, signIn, signOut, reconnect } = deskContract.desk;
/** What the tests of the line use of it. */
const contract = { desk: { status, signIn, signOut, reconnect } };
const desk = implement(contract);

const revision = Object.fromEntries(shapeName.options.map((name) => [name, 0])) as DeskStatus["revision"];

/** A status as the desk would say it, with what a test cares about. */
export function statusWith(change: Partial<DeskStatus> = {}): DeskStatus {
  return {
    state: "live",
    door: { kind: "open" },
    notices: [],
    idleMinutes: 10,
    lease: null,
    waiting: 0,
    person: null,
    server: "http://127.0.0.1:8787",
    version: "0.1.0",
    since: "2026-11-20T09:00:00Z",
    asOf: null,
    usable: true,
    progress: null,
    problem: null,
    browserShell: true,
    ...change,
    revision: { ...revision, ...change.revision },
  };
}

/** A desk of the real contract with next to nothing behind it, and sockets to it that can break. */
export function testDesk() {
  const said: DeskStatus[] = [statusWith()];
  const waiting = new Set<() => void>();
  const held: (() => void)[] = [];
  let asked = 0;
  const router = desk.router({
    desk: {
      status: desk.desk.status.handler(async function* ({ signal }) {
        let at = said.length - 1;
        for (;;) {
          signal?.throwIfAborted();
          const status = said[at];
          if (status === undefined) await new Promise<void>((resolve) => waiting.add(resolve));
          else {
            yield status;
            at += 1;
          }
        }
      }),
      signIn: desk.desk.signIn.handler(({ errors }) => {
        throw errors.BAD_REQUEST({ message: "Write your password.", data: { fields: { password: "It is missing." } } });
      }),
      /** Never answers before the test lets it. */
      signOut: desk.desk.signOut.handler(async () => {
        await new Promise<void>((resolve) => held.push(resolve));
        return { ended: true };
      }),
      reconnect: desk.desk.reconnect.handler(() => {
        asked += 1;
        return { asked: true };
      }),
    },
  });
  const handler = new RPCHandler(router);
  const sockets: TestSocket[] = [];
  return {
    sockets,
    held,
    asked: () => asked,
    say: (status: DeskStatus) => {
      said.push(status);
      for (const go of waiting) go();
      waiting.clear();
    },
    /** A socket to this desk, not yet open. */
    socket: (): WebSocket => {
      const socket = new TestSocket();
      sockets.push(socket);
      handler.upgrade(socket.other as unknown as WebSocket, { context: {} });
      // Of a socket's interface it has what the transport uses.
      return socket as unknown as WebSocket;
    },
  };
}

type Text = string | ArrayBufferLike | Uint8Array;

/** One end of a WebSocket that never leaves the process, with the parts of the interface that the contract uses. */
class TestSocket extends EventTarget {
  readyState = 0;
  readonly other = new OtherEnd(this);

  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
  }

  send(data: Text): void {
    if (this.readyState === 1) queueMicrotask(() => this.other.dispatchEvent(new MessageEvent("message", { data })));
  }

  close(): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.dispatchEvent(new Event("close"));
    this.other.dispatchEvent(new Event("close"));
  }
}

class OtherEnd extends EventTarget {
  readonly #socket: TestSocket;

  constructor(socket: TestSocket) {
    super();
    this.#socket = socket;
  }

  get readyState(): number {
    return this.#socket.readyState;
  }

  send(data: Text): void {
    const socket = this.#socket;
    if (socket.readyState === 1) queueMicrotask(() => socket.dispatchEvent(new MessageEvent("message", { data })));
  }
}
