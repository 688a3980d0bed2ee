import { randomUUID } from "node:crypto";
import { implement, ORPCError } from "@orpc/server";
import { RPCHandler } from "@orpc/server/node";
import type { DeskEvent } from "#shared/contract/audit.ts";
import type { EndReason } from "#shared/contract/base.ts";
import type { AccessChange, Person, RowCounts, SignInStep, Terms, Tokens } from "#shared/contract/session.ts";
import { serverContract } from "#shared/contract/server-contract.ts";
import { must } from "#shared/kit/must.ts";
import { clinicId } from "../sync/test-rows.ts";
import { type TestShapeServer, testShapeServer } from "../sync/test-shape-server.ts";

type Session = { id: string; name: string; ended: EndReason | null; refresh: string; before: string | null };
type Receipt = { id: string; reason: string; changes: string[]; removed: RowCounts; receipt?: string | undefined };

export type TestServer = TestShapeServer & {
  people: Record<string, Person>;
  passwords: Record<string, string>;
  terms: Terms;
  /** What a sign-in with the right password leads to instead, once. */
  nextStep: (step: Exclude<SignInStep["step"], "signedIn">) => void;
  /** Ends every session of a person, as an administrator or the clock does. */
  end: (name: string, reason: EndReason) => void;
  /** A person's next sign-ins are refused, to the right password with the reason. */
  refuse: (name: string, reason: EndReason) => void;
  /** Access tokens given so far are too old from now on. */
  expire: () => void;
  /** No network: nothing is answered any more, what was begun included. */
  cut: (off: boolean) => void;
  /** Passwords are changed and raw lines read, but the answers wait until released. */
  holdAnswers: () => { asked: () => number; release: () => void };
  /** The next answer to a refresh is lost on the way. */
  loseAnswer: () => void;
  change: (change: Omit<AccessChange, "id" | "at">) => void;
  contacts: { replica: string; counter: number; held: RowCounts; waiting: number; older: boolean }[];
  receipts: Receipt[];
  events: DeskEvent[];
  /** Sign-ins, refreshes and sign-outs in order, as `verb name`. */
  said: string[];
};

const person = (name: string): Person => ({
  id: randomUUID(),
  email: `${name}@north.example`,
  displayName: name,
  kind: "person",
  organization: { id: randomUUID(), slug: "north", name: "North" },
  roles: [{ clinicId, role: "clinic_admin", agentId: null, locationIds: [] }],
});

/** A clinic server of the real contract with two people, whose password is `right`, and the shapes of the sync tests. */
export async function testServer(): Promise<TestServer> {
  const people: Record<string, Person> = { ann: person("ann"), bob: person("bob") };
  const passwords: Record<string, string> = { ann: "right", bob: "right" };
  const terms: Terms = { idleMinutes: 10, lockAfterHours: 72, eraseAfterDays: 14 };
  const sessions: Session[] = [];
  const access = new Map<string, Session>();
  const said: string[] = [];
  const contacts: TestServer["contacts"] = [];
  const receipts: Receipt[] = [];
  const events = new Map<string, DeskEvent>();
  const acknowledged = new Map<string, { replica: string; counter: number }>();
  let changes: AccessChange[] = [];
  let step: Exclude<SignInStep["step"], "signedIn"> | null = null;
  let lose = false;
  const refusals = new Map<string, EndReason>();
  let holding = Promise.resolve();
  let heldAnswers = 0;
  let off = false;

  const verbs = implement({
    session: serverContract.session,
    calls: { rawLines: serverContract.calls.rawLines },
    audit: { deliver: serverContract.audit.deliver },
  }).$context<{ token: string; lose: () => void }>();
  const over = (reason: EndReason, session?: Session) =>
    new ORPCError("UNAUTHORIZED", {
      message: "This session is over.",
      data: { reason, ...(session ? { receipt: `receipt of ${session.id}` } : {}) },
    });
  const who = (token: string): Session => {
    const session = access.get(token);
    if (!session) throw over("expired");
    if (session.ended) throw over(session.ended, session);
    return session;
  };
  const pair = (session: Session): Tokens => {
    const accessToken = `${session.name}-${randomUUID()}`;
    access.set(accessToken, session);
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    return { accessToken, accessExpiresAt: at(10), refreshToken: session.refresh, refreshExpiresAt: at(43_200) };
  };
  const begin = (name: string): SignInStep => {
    const session: Session = { id: randomUUID(), name, ended: null, refresh: randomUUID(), before: null };
    sessions.push(session);
    return { step: "signedIn", sessionId: session.id, person: must(people[name], name), terms, ...pair(session) };
  };

  const held = async () => {
    heldAnswers++;
    await holding;
  };

  const handler = new RPCHandler(
    verbs.router({
      session: {
        signIn: verbs.session.signIn.handler(({ input }) => {
          const name = input.email.split("@")[0] ?? "";
          said.push(`signIn ${name}`);
          if (!people[name] || input.password !== passwords[name])
            throw new ORPCError("UNAUTHORIZED", { message: "E-mail address and password don't match." });
          const refused = refusals.get(name);
          if (refused) throw over(refused);
          const next = step;
          step = null;
          if (next === "enrolSecondFactor") return { step: next, ticket: name, secret: "S", uri: "otpauth://totp/x" };
          return next ? { step: next, ticket: name } : begin(name);
        }),
        secondFactor: verbs.session.secondFactor.handler(({ input }) => {
          if (input.code !== "123456") throw new ORPCError("UNAUTHORIZED", { message: "This code is not right." });
          return begin(input.ticket);
        }),
        newPassword: verbs.session.newPassword.handler(({ input }) => {
          passwords[input.ticket] = input.password;
          return begin(input.ticket);
        }),
        refresh: verbs.session.refresh.handler(({ input, context }) => {
          const session = sessions.find((s) => [s.refresh, s.before].includes(input.refreshToken));
          said.push(`refresh ${session?.name ?? "?"}`);
          if (!session) throw over("expired");
          if (session.ended) throw over(session.ended, session);
          // A lost answer: the old one again is taken while nobody used the new.
          if (input.refreshToken === session.refresh) session.before = session.refresh;
          session.refresh = randomUUID();
          if (lose) context.lose();
          lose = false;
          return pair(session);
        }),
        providers: verbs.session.providers.handler(() => [{ id: "google", title: "Google" }]),
        providerStart: verbs.session.providerStart.handler(({ input }) => ({
          url: `http://127.0.0.1:${input.port}/signed-in?code=${input.challenge}`,
        })),
        providerFinish: verbs.session.providerFinish.handler(() => begin("ann")),
        current: verbs.session.current.handler(({ context }) => must(people[who(context.token).name], "a person")),
        changePassword: verbs.session.changePassword.handler(async ({ input, context }) => {
          passwords[who(context.token).name] = input.next;
          await held();
          return { changed: true };
        }),
        signOut: verbs.session.signOut.handler(({ context }) => {
          const session = who(context.token);
          said.push(`signOut ${session.name}`);
          session.ended = "signedOut";
          return { ended: true };
        }),
        contact: verbs.session.contact.handler(({ input, context }) => {
          const session = who(context.token);
          const held = acknowledged.get(session.name);
          const same = held?.replica === input.replica;
          const older = held !== undefined && (same ? input.counter < held.counter : input.counter > 0);
          contacts.push({
            replica: input.replica,
            counter: input.counter,
            held: input.held,
            waiting: input.waiting,
            older,
          });
          if (!older) acknowledged.set(session.name, { replica: input.replica, counter: input.counter });
          return {
            counter: older ? input.counter : input.counter + 1,
            older,
            person: must(people[session.name], "a person"),
            terms,
            changes: changes.filter((c) => Number(c.id) > Number(input.seenChange ?? 0)),
            now: new Date().toISOString(),
          };
        }),
        receipt: verbs.session.receipt.handler(({ input, context }) => {
          if (input.receipt === undefined) who(context.token);
          if (!receipts.some((r) => r.id === input.id)) receipts.push(input);
          return { received: true };
        }),
      },
      calls: {
        rawLines: verbs.calls.rawLines.handler(async ({ context }) => {
          who(context.token);
          await held();
          return [
            { id: "1", receivedAt: "2026-11-20T14:03:11Z", source: "test", format: "line" as const, body: "Call 1" },
          ];
        }),
      },
      audit: {
        deliver: verbs.audit.deliver.handler(({ input, context }) => {
          who(context.token);
          for (const event of input.events) events.set(event.id, event);
          return { received: input.events.length };
        }),
      },
    }),
  );
  const shapes = await testShapeServer({
    longPoll: 300,
    down: () => off,
    also: async (request, response) => {
      const token = (request.headers.authorization ?? "").replace("Bearer ", "");
      const loseIt = () => void request.socket.destroy();
      return (await handler.handle(request, response, { prefix: "/rpc", context: { token, lose: loseIt } })).matched;
    },
    allowed: (request) => {
      const session = access.get((request.headers.authorization ?? "").replace("Bearer ", ""));
      return session !== undefined && session.ended === null;
    },
  });
  return {
    ...shapes,
    people,
    passwords,
    terms,
    nextStep: (next) => {
      step = next;
    },
    end: (name, reason) => {
      for (const session of sessions) if (session.name === name) session.ended ??= reason;
      shapes.wake();
    },
    refuse: (name, reason) => void refusals.set(name, reason),
    expire: () => {
      access.clear();
      shapes.wake();
    },
    cut: (next) => {
      off = next;
      shapes.wake();
    },
    holdAnswers: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      holding = promise;
      heldAnswers = 0;
      return { asked: () => heldAnswers, release: resolve };
    },
    loseAnswer: () => {
      lose = true;
    },
    change: (change) => {
      changes = [...changes, { ...change, id: String(changes.length + 1), at: new Date().toISOString() }];
    },
    contacts,
    receipts,
    get events() {
      return [...events.values()];
    },
    said,
  };
}
