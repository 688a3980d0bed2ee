import { type AnyRouter, implement, ORPCError } from "@orpc/server";
import { deskContract } from "#shared/contract/desk-contract.ts";
import { verbAccess, type DeskVerb } from "#shared/access/verb-access.ts";
import { isDiskFull } from "../replica/broken.ts";
import { deskHandlers } from "../handlers/desk-handlers.ts";
import { pageKey } from "../session/page-key.ts";
import { guardVerb } from "./guard-verb.ts";
import type { HeldReplica } from "./hold-replica.ts";
import { createNoteViews } from "./note-views.ts";
import type { Seat } from "./seat.ts";
import { ask, type ServerClient, serverClient } from "./server-client.ts";
import type { SignIn } from "./sign-in-verbs.ts";
import type { StatusBoard } from "./status-board.ts";
import { sessionOver } from "../session/tokens.ts";
import { unauthorized } from "./unauthorized.ts";

type Options = {
  board: StatusBoard;
  /** Who sits here behind an open door. @throws UNAUTHORIZED with what is in the way */
  open: () => Seat;
  /** Who sits here, whether the door is open or not. */
  seat: () => Seat | null;
  server: string;
  signIn: SignIn;
  /** From now on this password opens what is held of this person, if they still sit here. */
  rewrap: (here: Seat, password: string) => Promise<void>;
  signOut: () => Promise<{ ended: boolean }>;
  lock: () => { locked: boolean };
  touched: () => { open: boolean };
  reconnect: () => Promise<{ asked: boolean }>;
  /** The status shows something else now. */
  tell: () => void;
  now: () => number;
};

const diskFull = "The disk of this computer is full. Free some room on it, then try again.";
const noConnection =
  "The desk has no connection to the clinic server, and this is kept there. It will work again once it is connected.";

/** Every verb of the desk's contract: from the replica where the contract says offline, by the server where it doesn't. */
export function deskRouter(options: Options): AnyRouter {
  const { board, open, seat, server, signIn, rewrap, signOut, lock, touched, reconnect, tell, now } = options;
  const noteViews = createNoteViews(now);

  /** From the replica: what was asked for is allowed by the one table, answered once for all windows, and written down. */
  const fromReplica = async <T>(verb: string, input: unknown, answer: () => Promise<T>): Promise<T> => {
    const here = open();
    const { person } = here.kept.now();
    try {
      guardVerb(verb, person, input);
    } catch (error) {
      await here.writeDown({ action: "refused", subject: verb });
      throw error;
    }
    // Questions about today have another answer each minute, also when nothing changes.
    const minute = verb.startsWith("today.") ? Math.floor(now() / 60_000) : 0;
    // Roles may change before the first row of it does: what was answered to the old ones is no answer to the new.
    const state = `${minute} ${Object.values(board.now().revision).join()} ${JSON.stringify(person.roles)}`;
    const output = await replicaOf(here).cache.get(`${verb} ${JSON.stringify(input)}`, state, answer);
    stillOpen(here);
    await noteViews(verb, input, output, person, here.writeDown);
    return output;
  };
  /** Whatever happened while something was asked: nothing is shown behind a door that was closed. */
  const stillOpen = (here: Seat) => {
    if (open() !== here) throw unauthorized("Somebody else signed in meanwhile.");
  };
  const desk = implement(deskContract).use(async ({ next, path, procedure }, input, output) => {
    const verb = path.join(".");
    if (path[0] === "desk") {
      if (verbAccess[verb as DeskVerb].need !== "open") open();
      try {
        return await next();
      } catch (error) {
        if (!isDiskFull(error)) throw error;
        throw new ORPCError("SERVICE_UNAVAILABLE", { status: 503, message: diskFull, cause: error });
      }
    }
    const here = open();
    const answered = procedure["~orpc"].meta.offline
      ? output(await fromReplica(verb, input, async () => (await next()).output))
      : await next();
    stillOpen(here);
    return answered;
  });
  const offline = deskHandlers(() => {
    const here = open();
    return { db: replicaOf(here).db, person: here.kept.now().person };
  });
  const forward = <I, O>(verb: (server: ServerClient) => (input: I) => Promise<O>) => {
    return ({ input }: { input: I }): Promise<O> => {
      const here = open();
      const { state } = board.now();
      if (state === "offline") throw new ORPCError("SERVICE_UNAVAILABLE", { status: 503, message: noConnection });
      if (state === "refused") throw sessionOver();
      return ask(() => here.ask((s) => verb(s)(input)));
    };
  };

  return desk.router({
    desk: {
      status: desk.desk.status.handler(({ signal }) => board.watch(signal)),
      providers: desk.desk.providers.handler(() => ask(() => serverClient(server, null).session.providers())),
      signIn: desk.desk.signIn.handler(({ input }) => signIn.signIn(input)),
      signInWithProvider: desk.desk.signInWithProvider.handler(({ input }) => signIn.signInWithProvider(input)),
      secondFactor: desk.desk.secondFactor.handler(({ input }) => signIn.secondFactor(input)),
      newPassword: desk.desk.newPassword.handler(({ input }) => signIn.newPassword(input)),
      setPassphrase: desk.desk.setPassphrase.handler(({ input }) => signIn.setPassphrase(input)),
      unlock: desk.desk.unlock.handler(({ input }) => signIn.unlock(input)),
      eraseAndSync: desk.desk.eraseAndSync.handler(() => signIn.eraseAndSync()),
      signOut: desk.desk.signOut.handler(signOut),
      lock: desk.desk.lock.handler(lock),
      touched: desk.desk.touched.handler(touched),
      reconnect: desk.desk.reconnect.handler(reconnect),
      acknowledge: desk.desk.acknowledge.handler(async ({ input }) => {
        const here = seat();
        if (!here) return { left: 0 };
        await here.kept.change((kept) => ({ notices: kept.notices.filter((n) => n.id !== input.id) }));
        tell();
        return { left: here.kept.now().notices.length };
      }),
      note: desk.desk.note.handler(async ({ input }) => {
        await open().writeDown(input);
        return { noted: true };
      }),
      pageKey: desk.desk.pageKey.handler(() => pageKey(open().key)),
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
    people: {
      list: desk.people.list.handler(forward((s) => s.people.list)),
      add: desk.people.add.handler(forward((s) => s.people.add)),
      addBoard: desk.people.addBoard.handler(forward((s) => s.people.addBoard)),
      setRole: desk.people.setRole.handler(forward((s) => s.people.setRole)),
      setActive: desk.people.setActive.handler(forward((s) => s.people.setActive)),
      resetPassword: desk.people.resetPassword.handler(forward((s) => s.people.resetPassword)),
      resetSecondFactor: desk.people.resetSecondFactor.handler(forward((s) => s.people.resetSecondFactor)),
    },
    locations: {
      list: desk.locations.list.handler(forward((s) => s.locations.list)),
      add: desk.locations.add.handler(forward((s) => s.locations.add)),
      rename: desk.locations.rename.handler(forward((s) => s.locations.rename)),
      setStaff: desk.locations.setStaff.handler(forward((s) => s.locations.setStaff)),
    },
    devices: {
      list: desk.devices.list.handler(forward((s) => s.devices.list)),
      end: desk.devices.end.handler(forward((s) => s.devices.end)),
      admit: desk.devices.admit.handler(forward((s) => s.devices.admit)),
      endSession: desk.devices.endSession.handler(forward((s) => s.devices.endSession)),
      receipts: desk.devices.receipts.handler(forward((s) => s.devices.receipts)),
      terms: desk.devices.terms.handler(forward((s) => s.devices.terms)),
      setTerms: desk.devices.setTerms.handler(forward((s) => s.devices.setTerms)),
    },
    retention: {
      list: desk.retention.list.handler(forward((s) => s.retention.list)),
      set: desk.retention.set.handler(forward((s) => s.retention.set)),
    },
    audit: {
      search: desk.audit.search.handler(forward((s) => s.audit.search)),
      export: desk.audit.export.handler(forward((s) => s.audit.export)),
    },
    session: {
      current: desk.session.current.handler(async () => {
        const here = open();
        const person = await forward((s) => () => s.session.current())({ input: undefined });
        // Roles may have changed since the last contact.
        await here.kept.change({ person });
        tell();
        return person;
      }),
      changePassword: desk.session.changePassword.handler(async ({ input }) => {
        const here = open();
        const answer = await forward((s) => s.session.changePassword)({ input });
        // What is held here opens by the new password from now on. A crash before that is mended at the next sign-in, by the old one.
        if (here.kept.now().means === "password") await rewrap(here, input.next);
        return answer;
      }),
    },
  });
}

function replicaOf(here: Seat): HeldReplica {
  const replica = here.replica();
  if (!replica)
    throw new ORPCError("SERVICE_UNAVAILABLE", {
      status: 503,
      message: "The data are being fetched anew. Try again in a moment.",
    });
  return replica;
}
