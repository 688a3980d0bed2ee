import { type AnyRouter, ORPCError } from "@orpc/server";
import type { DeskStatus } from "#shared/contract/desk-contract.ts";
import { shapeName } from "#shared/contract/sync.ts";
import { keepSession, readSession, type Session, withPerson } from "../session/session.ts";
import type { SecretStore } from "../session/secret-store.ts";
import { deskRouter } from "./desk-router.ts";
import { type HeldReplica, holdReplica } from "./hold-replica.ts";
import { ask, type ServerClient, serverClient } from "./server-client.ts";
import { createStatusBoard } from "./status-board.ts";

/** Replica, synchronisation, session and verbs put together; knows no shell. `router` implements the desk's contract. */
export type Desk = { router: AnyRouter; close: () => Promise<void> };

export type DeskOptions = {
  serverUrl: string;
  /** The desk's own folder. */
  home: string;
  version: string;
  secrets: SecretStore;
  browserShell: boolean;
  log?: (line: string) => void;
};

const nothing = {
  person: null,
  asOf: null,
  usable: false,
  progress: null,
  problem: null,
  revision: Object.fromEntries(shapeName.options.map((n) => [n, 0])) as DeskStatus["revision"],
};

/** Makes the desk and, where a session was kept, opens that person's replica, with or without the server. */
export async function createDesk({
  serverUrl,
  home,
  version,
  secrets,
  browserShell,
  log = () => {},
}: DeskOptions): Promise<Desk> {
  const server = new URL(serverUrl).origin;
  const board = createStatusBoard({ ...nothing, server, version, browserShell });
  let session: Session | null = await readSession(secrets, server);
  let replica: HeldReplica | null = null;
  // Signing in and out one after the other: two replicas of one person are never open at once.
  let order: Promise<unknown> = Promise.resolve();
  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const done = order.then(work);
    order = done.catch(() => {});
    return done;
  };

  const open = (next: Session) => {
    board.tell("signIn", { ...nothing, person: next.person });
    replica = holdReplica({ home, session: next, board, log });
  };
  const shut = async () => {
    const old = replica;
    replica = null;
    await old?.close();
  };
  const signedIn = (): { session: Session; replica: HeldReplica } => {
    if (session && replica) return { session, replica };
    throw new ORPCError("UNAUTHORIZED", { message: "Nobody is signed in at this desk: sign in first." });
  };
  const client = (): ServerClient => {
    const { session } = signedIn();
    if (board.now().state === "refused")
      throw new ORPCError("UNAUTHORIZED", { message: "The server no longer accepts this session: sign in again." });
    return serverClient(server, session.token);
  };

  if (session) open(session);

  const router = deskRouter({
    board,
    held: signedIn,
    client,
    signIn: (input) =>
      inOrder(async () => {
        const answer = await ask(
          () => serverClient(server, null).session.signIn(input),
          `The clinic server at ${server} can't be reached, and signing in needs it. Check the network and try again.`,
        );
        const next: Session = { server, token: answer.token, person: answer.person };
        await keepSession(secrets, next);
        if (replica && !replica.broken() && session?.person.id === next.person.id) {
          session = next;
          board.tell(null, { person: next.person });
          replica.follow(next.token);
        } else {
          await shut();
          session = next;
          open(next);
        }
        return next.person;
      }),
    signOut: () =>
      inOrder(async () => {
        const old = session;
        session = null;
        await secrets.erase();
        board.tell("signOut", nothing);
        // The server hears of it if it can; the token is gone from here either way.
        if (old)
          void serverClient(server, old.token)
            .session.signOut()
            .catch(() => {});
        await shut();
        return { ended: old !== null };
      }),
    reconnect: () =>
      inOrder(async () => {
        if (!session) return { asked: false };
        if (replica?.broken()) {
          await shut();
          open(session);
        } else replica?.retry();
        return { asked: true };
      }),
    // Roles may have changed since the person signed in.
    onPerson: (who) => {
      if (session?.person.id !== who.id) return;
      session = withPerson(session, who);
      board.tell(null, { person: who });
      void keepSession(secrets, session).catch((error: unknown) => log(`session: not kept (${String(error)})`));
    },
  });
  return { router, close: () => inOrder(shut) };
}
