import { setTimeout as sleep } from "node:timers/promises";
import { ORPCError } from "@orpc/client";
import type { EndReason } from "#shared/contract/base.ts";
import type { DeskStep } from "#shared/contract/desk-contract.ts";
import type { Device, SignInStep } from "#shared/contract/session.ts";
import type { Kept, SignedIn } from "../session/kept-session.ts";
import { forgetPerson, knownPerson, rememberPerson } from "../session/known-people.ts";
import { providerSignIn } from "../session/provider-sign-in.ts";
import { receiptOf } from "./contact.ts";
import type { Hindrance } from "./door-of.ts";
import type { OwnKey } from "./own-key.ts";
import type { Seat } from "./seat.ts";
import type { SignIn } from "./sign-in-verbs.ts";
import { unauthorized } from "./unauthorized.ts";
import { endedBy } from "./erasing.ts";
import { ask, type ServerClient, serverClient } from "./server-client.ts";

/** A sign-in that the server accepted while the person's data can't be opened yet. Nothing of it is on the disk. */
type Held = { signed: SignedIn; password: string | null; hindrance: Hindrance; erased: boolean };

type Options = {
  server: string;
  home: string;
  ownKey: OwnKey;
  device: Device;
  now: () => number;
  /** Shows a provider's page; null: it is not needed any more. */
  openBrowser: (url: string | null) => Promise<void>;
  inOrder: <T>(work: () => Promise<T>) => Promise<T>;
  seat: () => Seat | null;
  /** Whether the server refused the session of whoever sits here. */
  refused: () => boolean;
  /** Takes the seat, with what was kept of the last time, behind a closed door; signs out whoever else sits there. */
  sit: (userId: string, key: Uint8Array, signed: SignedIn | null, means: Kept["means"] | null) => Promise<Seat | null>;
  /** Opens the door to whoever sits here, who has just shown who they are. */
  admit: (wrongTries: number) => Promise<void>;
  leave: () => Promise<void>;
  /** The server says that what is held of this person has to go. */
  ended: (userId: string, reason: EndReason) => Promise<void>;
  /** Erases what this desk holds of a person whose key is lost. */
  eraseAll: (userId: string) => Promise<void>;
  onChange: () => void;
};

/** Milliseconds that an answer to the session's token is waited for before the data are opened without it. */
const patience = 1_500;
const isUnreachable = (error: unknown) => error instanceof ORPCError && error.code === "SERVICE_UNAVAILABLE";
const unreachable = (server: string) =>
  `The clinic server at ${server} can't be reached, and signing in needs it. Check the network and try again.`;

export function createSignIn(options: Options): SignIn {
  const { server, home, ownKey, device, now, openBrowser, inOrder, seat, sit, admit, leave } = options;
  const anyone = (): ServerClient => serverClient(server, null);
  let ticket: { text: string; password: string | null } | null = null;
  let held: Held | null = null;
  /** An end of a session that is being acted on already. */
  let told: unknown = null;

  const hinder = async (next: Held, step: DeskStep): Promise<DeskStep> => {
    await leave();
    held = next;
    options.onChange();
    return step;
  };
  const open = (recoveryCodes?: string[]): DeskStep => {
    const here = seat();
    if (!here) throw unauthorized("Nobody is signed in at this desk: sign in first.");
    return { step: "open", person: here.kept.now().person, ...(recoveryCodes ? { recoveryCodes } : {}) };
  };

  /** What the server answered to a step of signing in. */
  const goOn = async (step: SignInStep, password: string | null): Promise<DeskStep> => {
    if (step.step === "signedIn") {
      ticket = null;
      return take(step, password);
    }
    ticket = { text: step.ticket, password };
    if (step.step === "enrolSecondFactor") return { step: step.step, secret: step.secret, uri: step.uri };
    return { step: step.step };
  };

  /** The server accepted: now the person's key. */
  const take = async (signed: SignedIn, password: string | null): Promise<DeskStep> => {
    const userId = signed.person.id;
    const means = password === null ? null : "password";
    const sits = seat();
    if (sits && sits.userId === userId)
      return finish(signed, sits.key, means, await ownKey.openedBy(userId, sits.key, password));
    const found = await ownKey.afterServer(userId, password);
    if ("key" in found) return finish(signed, found.key, means, found.wrong);
    const stopped = { signed, password, erased: false };
    if (found.failed === "none") {
      if (password === null)
        return hinder({ ...stopped, hindrance: { kind: "needsPassphrase" } }, { step: "setPassphrase" });
      await options.eraseAll(userId);
      return finish(signed, await ownKey.create(userId, password), "password", 0);
    }
    const why = found.failed === "wrongPassword" ? "otherPassword" : "lost";
    const hindrance: Hindrance =
      password === null && why === "otherPassword"
        ? { kind: "passphrase", since: new Date(options.now()).toISOString() }
        : { kind: "keyLost", why };
    return hinder({ ...stopped, hindrance }, { step: "keyLost" });
  };

  const finish = async (
    signed: SignedIn,
    key: Uint8Array,
    means: Kept["means"] | null,
    wrong: number,
  ): Promise<DeskStep> => {
    await rememberPerson(home, signed.person.email, signed.person.id);
    const sits = await sit(signed.person.id, key, signed, means);
    // What was erased could not be counted: nobody had its key.
    if (held?.erased)
      await sits?.kept.change((kept) => ({ receipts: [...kept.receipts, receiptOf("keyLost", {}, now())] }));
    held = null;
    await admit(wrong);
    return open(signed.recoveryCodes);
  };

  const atServer = async (input: { email: string; password: string }, message: string): Promise<DeskStep> =>
    goOn(await ask(() => anyone().session.signIn({ ...input, device }), message), input.password);

  const forget = () => {
    [ticket, held] = [null, null];
    options.onChange();
  };
  const signIn = async (input: { email: string; password: string }): Promise<DeskStep> => {
    forget();
    const userId = await knownPerson(home, input.email);
    try {
      return await signInAs(userId, input);
    } catch (error) {
      // Said to the right password alone: of a device that was ended while nobody was signed in at it, or an account.
      const reason = endedBy(error);
      if (userId !== null && reason && error !== told) {
        await options.ended(userId, reason);
        options.onChange();
      }
      throw error;
    }
  };
  const signInAs = async (userId: string | null, input: { email: string; password: string }): Promise<DeskStep> => {
    const tried = userId === null ? null : await ownKey.byTrying(userId, input.password);
    if (userId === null || tried === null || "failed" in tried) {
      const wrong = tried !== null && "failed" in tried && tried.failed === "wrongPassword";
      const answer = await atServer(input, unreachable(server)).catch((error: unknown) => {
        // Without the server, a password that doesn't open the data is all that can be said.
        if (wrong && isUnreachable(error))
          throw unauthorized("E-mail address and password don't match what this desk knows, and the clinic server can't be reached to ask. Check both and try again."); // prettier-ignore
        throw error;
      });
      return answer;
    }
    const sat = seat()?.userId === userId;
    const sits = await sit(userId, tried.key, null, null);
    // A key without a session: everything but the key was lost. The server knows the rest.
    if (!sits) return atServer(input, unreachable(server));
    if (sits.kept.now().refreshToken !== null) sits.warm();
    const session = await sessionOf(sits);
    if (session === "goesOn") {
      await admit(tried.wrong);
      return open();
    }
    // Somebody ended it: what is held is about to be erased, with a receipt, by who asked for the token.
    if (session !== "over") {
      told = session;
      throw session;
    }
    try {
      return await sessionAnew(sits, input);
    } catch (error) {
      if (isUnreachable(error)) {
        await admit(tried.wrong);
        return open();
      }
      // The server is there and doesn't know this password any more: then it opens nothing here either.
      if (!sat && !endedBy(error)) await leave();
      throw error;
    }
  };
  /** Whether the session of the last time goes on. A server that takes long to answer is not waited for: the data are here. */
  const sessionOf = async (sits: Seat): Promise<"goesOn" | "over" | ORPCError<string, unknown>> => {
    try {
      await Promise.race([sits.tokens.get(), sleep(patience, undefined, { ref: false })]);
      return "goesOn";
    } catch (error) {
      if (!(error instanceof ORPCError) || error.status !== 401) return "goesOn";
      return endedBy(error) ? error : "over";
    }
  };
  const sessionAnew = async (sits: Seat, input: { email: string; password: string }): Promise<DeskStep> => {
    if (sits.kept.now().means === "password") return atServer(input, unreachable(server));
    // A passphrase of this computer is nobody's business but this computer's.
    await ask(() => anyone().session.providers(), unreachable(server));
    throw unauthorized("Your session is over: sign in by your provider again.");
  };

  const withTicket = async (
    work: (text: string) => Promise<SignInStep>,
    password: string | null | undefined,
  ): Promise<DeskStep> => {
    if (!ticket) throw new ORPCError("CONFLICT", { status: 409, message: "This took too long: sign in again." });
    const { text, password: first } = ticket;
    return goOn(await ask(() => work(text), unreachable(server)), password === undefined ? first : password);
  };

  const unlock = async ({ password }: { password: string }): Promise<DeskStep> => {
    if (held) return unlockHeld(held, password);
    const sits = seat();
    if (!sits) return open();
    const tried = await ownKey.byTrying(sits.userId, password);
    if ("key" in tried) {
      await admit(tried.wrong);
      return open();
    }
    await sits.writeDown({ action: "desk", subject: "unlockRefused" });
    // The session was ended, maybe because the password was changed: then the server knows the new one.
    const { person, means } = sits.kept.now();
    if (options.refused() && means === "password")
      return atServer({ email: person.email, password }, unreachable(server));
    throw unauthorized(means === "password" ? "This is not the password of this desk's data. Try again." : "This is not the passphrase of this computer. Try again."); // prettier-ignore
  };
  const unlockHeld = async ({ signed, password, hindrance }: Held, given: string): Promise<DeskStep> => {
    if (hindrance.kind === "needsPassphrase") return { step: "setPassphrase" };
    const userId = signed.person.id;
    const tried = await ownKey.byTrying(userId, given);
    if ("failed" in tried) throw unauthorized(hindrance.kind === "passphrase" ? "This is not the passphrase of this computer. Try again." : "This password doesn't open the data either. Try another, or erase them and fetch them anew."); // prettier-ignore
    if (password !== null) await ownKey.rewrap(userId, tried.key, password);
    return finish(signed, tried.key, password === null ? "passphrase" : "password", tried.wrong);
  };

  return {
    signIn: (input) => inOrder(() => signIn(input)),
    signInWithProvider: async ({ provider }) => {
      const came = await providerSignIn({
        start: ({ challenge, port }) =>
          ask(() => anyone().session.providerStart({ provider, challenge, port, device }), unreachable(server)),
        openBrowser,
        signal: AbortSignal.timeout(5 * 60_000),
      })
        .catch((error: unknown) => {
          if (error instanceof ORPCError) throw error;
          throw unauthorized(error instanceof Error ? error.message : "The provider did not sign you in.");
        })
        .finally(() => void openBrowser(null));
      return inOrder(async () => {
        forget();
        return goOn(await ask(() => anyone().session.providerFinish(came), unreachable(server)), null);
      });
    },
    secondFactor: ({ code }) =>
      inOrder(() => withTicket((text) => anyone().session.secondFactor({ ticket: text, code }), undefined)),
    newPassword: ({ password }) =>
      inOrder(() => withTicket((text) => anyone().session.newPassword({ ticket: text, password }), password)),
    setPassphrase: ({ passphrase }) =>
      inOrder(async () => {
        if (held?.hindrance.kind !== "needsPassphrase")
          throw new ORPCError("CONFLICT", { status: 409, message: "No passphrase is asked for now: sign in again." });
        const { signed } = held;
        await options.eraseAll(signed.person.id);
        const key = await ownKey.create(signed.person.id, passphrase);
        return finish(signed, key, "passphrase", 0);
      }),
    unlock: (input) => inOrder(() => unlock(input)),
    eraseAndSync: () =>
      inOrder(async () => {
        if (!held || held.hindrance.kind === "needsPassphrase")
          throw new ORPCError("CONFLICT", {
            status: 409,
            message: "There is nothing to erase: the data can be opened.",
          });
        const { signed, password } = held;
        held.erased = true;
        await forgetPerson(home, signed.person.id);
        await options.eraseAll(signed.person.id);
        if (password === null)
          return hinder({ ...held, hindrance: { kind: "needsPassphrase" } }, { step: "setPassphrase" });
        const key = await ownKey.create(signed.person.id, password);
        return finish(signed, key, "password", 0);
      }),
    openByWrapper: (userId) =>
      inOrder(async () => {
        const key = await ownKey.bySystem(userId);
        return key !== null && (await sit(userId, key, null, null)) !== null;
      }),
    hindrance: () => held?.hindrance ?? null,
    forget,
  };
}
