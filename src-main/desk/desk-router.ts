import { type AnyRouter, implement, ORPCError } from "@orpc/server";
import { deskContract } from "#shared/contract/desk-contract.ts";
import type { Person } from "#shared/contract/session.ts";
import { deskHandlers } from "../handlers/desk-handlers.ts";
import type { Session } from "../session/session.ts";
import type { HeldReplica } from "./hold-replica.ts";
import { ask, type ServerClient } from "./server-client.ts";
import type { StatusBoard } from "./status-board.ts";

type Options = {
  board: StatusBoard;
  /** Whose replica is open. @throws UNAUTHORIZED before anyone signed in */
  held: () => { session: Session; replica: HeldReplica };
  /** The server for this person. @throws UNAUTHORIZED when nobody is signed in, or the server refused the session */
  client: () => ServerClient;
  signIn: (input: { email: string; password: string }) => Promise<Person>;
  signOut: () => Promise<{ ended: boolean }>;
  reconnect: () => Promise<{ asked: boolean }>;
  onPerson: (person: Person) => void;
};

/** Every verb of the desk's contract: from the replica where the contract says offline, by the server where it doesn't. */
export function deskRouter({ board, held, client, signIn, signOut, reconnect, onPerson }: Options): AnyRouter {
  const desk = implement(deskContract).use(async ({ next, path, procedure }, input, output) => {
    if (path[0] === "desk") return next();
    const { replica } = held();
    if (!procedure["~orpc"].meta.offline) return next();
    // Questions about today have another answer each minute, also when nothing changes.
    const minute = path[0] === "today" ? Math.floor(Date.now() / 60_000) : 0;
    const state = `${minute} ${Object.values(board.now().revision).join()}`;
    const question = `${path.join(".")} ${JSON.stringify(input)}`;
    return output(await replica.cache.get(question, state, async () => (await next()).output));
  });
  const offline = deskHandlers(() => {
    const { session, replica } = held();
    return { db: replica.db, person: session.person };
  });
  const forward = <I, O>(verb: (server: ServerClient) => (input: I) => Promise<O>) => {
    return ({ input }: { input: I }): Promise<O> => {
      if (board.now().state === "offline")
        throw new ORPCError("SERVICE_UNAVAILABLE", {
          message:
            "The desk has no connection to the clinic server, and this is kept there. It will work again once it is connected.",
        });
      return ask(() => verb(client())(input));
    };
  };

  return desk.router({
    desk: {
      status: desk.desk.status.handler(({ signal }) => board.watch(signal)),
      signIn: desk.desk.signIn.handler(({ input }) => signIn(input)),
      signOut: desk.desk.signOut.handler(signOut),
      reconnect: desk.desk.reconnect.handler(reconnect),
    },
    clinics: {
      ...offline.clinics,
      setServiceLevel: desk.clinics.setServiceLevel.handler(forward((s) => s.clinics.setServiceLevel)),
    },
    calls: { ...offline.calls, rawLines: desk.calls.rawLines.handler(forward((s) => s.calls.rawLines)) },
    reports: offline.reports,
    today: offline.today,
    telephony: {
      sources: desk.telephony.sources.handler(forward((s) => s.telephony.sources)),
      setFieldOrder: desk.telephony.setFieldOrder.handler(forward((s) => s.telephony.setFieldOrder)),
      rejected: desk.telephony.rejected.handler(forward((s) => s.telephony.rejected)),
      retry: desk.telephony.retry.handler(forward((s) => s.telephony.retry)),
      extensions: desk.telephony.extensions.handler(forward((s) => s.telephony.extensions)),
      setExtension: desk.telephony.setExtension.handler(forward((s) => s.telephony.setExtension)),
      queueNumbers: desk.telephony.queueNumbers.handler(forward((s) => s.telephony.queueNumbers)),
      setQueueNumber: desk.telephony.setQueueNumber.handler(forward((s) => s.telephony.setQueueNumber)),
    },
    session: {
      current: desk.session.current.handler(async (options) => {
        const person = await forward<undefined, Person>((s) => () => s.session.current())({
          ...options,
          input: undefined,
        });
        onPerson(person);
        return person;
      }),
    },
  });
}
