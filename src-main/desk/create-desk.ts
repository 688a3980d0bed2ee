import { join } from "node:path";
import type { RowCounts } from "#shared/contract/session.ts";
import { deviceFile, deviceOf } from "../session/device.ts";
import { endedReceipts } from "../session/ended-receipts.ts";
import { type Kept, newlyKept, readKept, type SignedIn } from "../session/kept-session.ts";
import { eraseReplica } from "../replica/erase-replica.ts";
import { createSpareThread } from "../replica/spare-thread.ts";
import { createClock } from "./clock.ts";
import { createEndings } from "./endings.ts";
import { createOwnKey } from "./own-key.ts";
import type { Desk, DeskOptions, LockedBy } from "./desk.ts";
import { deskRouter } from "./desk-router.ts";
import { closedSentence, doorOf, leaseShown } from "./door-of.ts";
import type { HeldReplica } from "./hold-replica.ts";
import { inTurn } from "./in-turn.ts";
import { createSeat, type Seat } from "./seat.ts";
import { serverClient } from "./server-client.ts";
import { createSignIn } from "./sign-in.ts";
import { createStatusBoard, nothing } from "./status-board.ts";
import { unauthorized } from "./unauthorized.ts";

/** Makes the desk and, where the system keeps the key, opens the data of whoever was here last, with or without the server. */
export async function createDesk(options: DeskOptions): Promise<Desk> {
  const { home, version, wrapper, openBrowser, browserShell, log = () => {}, now = Date.now } = options;
  const server = new URL(options.serverUrl).origin;
  const folderOf = (userId: string) => join(home, "replicas", userId);
  // The replica's program is loaded while a person types their password.
  const threads = createSpareThread();
  threads.prepare();
  const device = await deviceFile(home);
  const receipts = await endedReceipts(home);
  const status = createStatusBoard({
    ...nothing, door: { kind: "closed", ended: device.now().ended }, notices: [], idleMinutes: null, lease: null, waiting: 0, person: null,
    server, version, browserShell,
  }); // prettier-ignore
  const inOrder = inTurn();
  /** Nobody waits for it: what goes wrong is logged, and must not end the program. */
  const inBackground = (work: () => Promise<void>): void =>
    void inOrder(work).catch((error: unknown) => log(`desk: ${String(error)}`));
  let seat: Seat | null = null;
  /** Who has shown who they are: until then the door is closed before a seat that is taken. */
  let admitted: Seat | null = null;
  let closed = false;

  const tell = () => {
    const kept = (seat === admitted && seat?.kept.now()) || null;
    const hindrance = signIn.hindrance();
    status.tell(null, {
      door: doorOf({ kept, hindrance, ended: device.now().ended }),
      notices: kept?.notices ?? [],
      idleMinutes: kept && kept.person.kind === "person" ? kept.terms.idleMinutes : null,
      lease: kept && leaseShown(kept, status.now().lease),
      waiting: kept && seat ? seat.waiting.count() : 0,
      person: kept?.person ?? null,
    });
  };

  /** Ends what goes on for whoever sits here; what they hold stays on the disk. */
  const leave = async () => {
    const old = seat;
    seat = admitted = null;
    if (!old) return;
    status.tell("signOut", nothing);
    tell();
    await old.close();
    old.key.fill(0);
    if (!closed) threads.prepare();
  };
  /** Ends the session of whoever sits here; what they hold stays on the disk, encrypted. */
  const signOut = async () => {
    const old = seat;
    // A disk that takes nothing must not keep anybody here who wants to leave.
    const quietly = (work: Promise<void>) =>
      work.catch((error: unknown) => log(`session: not kept (${String(error)})`));
    await quietly(device.change({ last: null, ended: null }));
    if (old) {
      const token = old.tokens.last();
      // The server hears of it if it can; the token is gone from here either way.
      if (token !== null)
        void serverClient(server, token)
          .session.signOut()
          .catch(() => {});
      old.tokens.forget();
      await quietly(old.kept.change({ refreshToken: null, locked: null }));
      await quietly(clock.keep(old));
    }
    await leave();
    tell();
    return { ended: old !== null };
  };

  const sit = async (userId: string, key: Uint8Array, signed: SignedIn | null, means: Kept["means"] | null) => {
    const folder = folderOf(userId);
    if (seat && seat.userId !== userId) await signOut();
    if (!seat) {
      const found = await readKept(folder, key);
      const before = found?.server === server ? found : null;
      if (!before && !signed) return null;
      // Rows of another server say nothing of this one.
      if (found && !before) await eraseReplica(folder);
      const fresh = signed && newlyKept(server, signed, means ?? "password", now());
      const first = before ? await clock.resume(folder, before) : fresh;
      if (!first) return null;
      const mine: Seat = await createSeat({
        server, folder, key, first, thread: threads.take, version, board: status, now, log,
        onChange: () => seat === mine && tell(),
        onEnded: (ended, token) => inBackground(() => endings.end(mine, ended, token)),
        onUnfit: (reason, of, removed) => inBackground(() => fetchAnew(mine, reason, of, removed)),
      }); // prettier-ignore
      seat = mine;
    }
    if (signed) {
      const { refreshToken, sessionId, person, terms } = signed;
      await seat.kept.change((kept) => ({ refreshToken, sessionId, person, terms, means: means ?? kept.means }));
      seat.tokens.set(signed);
    }
    return seat;
  };
  /** Whoever sits here has just shown who they are. */
  const admit = async (wrongTries: number) => {
    if (!seat) return;
    admitted = seat;
    const { locked } = seat.kept.now();
    clock.touched();
    const writing = [
      seat.kept.change({ locked: null, touchedAt: now() }),
      device.change({
        last: seat.userId,
        ended: null,
        ...(device.now().erasing === seat.userId ? { erasing: null } : {}),
      }),
    ];
    tell();
    seat.open();
    // A disk that takes nothing any more must not keep anybody from what is on it.
    for (const done of await Promise.allSettled([...writing, clock.keep(seat)]))
      if (done.status === "rejected") log(`session: not kept (${String(done.reason)})`);
    const subject = locked ? "unlock" : "unlockRefused";
    if (locked || wrongTries > 0)
      await seat
        .writeDown({ action: "desk", subject, detail: { wrongTries } })
        .catch(() => log("session: not written down"));
  };

  const fetchAnew = async (of: Seat, reason: "damaged" | "older", replica: HeldReplica, removed: RowCounts) => {
    if (seat !== of || of.replica() !== replica) return;
    log(`replica: fetched anew, because it is ${reason}`);
    await of.erase(reason, reason, removed);
    tell();
    of.open();
  };
  const endings = createEndings({
    home, server, folderOf, device, receipts, now, log, leave,
    sits: (of) => seat === of,
    lock: () => lock("system"),
  }); // prettier-ignore
  const lock = (why: LockedBy) => {
    if (!seat || seat !== admitted || closed) return;
    const { locked, person } = seat.kept.now();
    if (locked || (person.kind === "board" && why !== "person")) return;
    const since = new Date(now()).toISOString();
    seat.kept.change({ locked: { why, since } }).catch((error: unknown) => log(`lock: not kept (${String(error)})`));
    seat.writeDown({ action: "desk", subject: "lock", detail: { why } }).catch(() => {});
    tell();
  };

  const clock = createClock({
    home,
    now,
    seat: () => seat,
    inOrder,
    onIdle: () => lock("idle"),
    onChange: tell,
    onMinute: () => void endings.deliver(),
    onOver: (of) =>
      inOrder(async () => {
        if (seat !== of || of.kept.now().erasedAt !== null) return;
        const removed = await of.countRows();
        await of.kept.change({ erasedAt: new Date(now()).toISOString() });
        await of.erase("leaseOver", "erased", removed);
        await clock.keep(of);
        tell();
        of.open();
      }),
    log,
  });
  const ownKey = createOwnKey(folderOf, wrapper, now);
  const signIn = createSignIn({
    server, home, ownKey, device: deviceOf(device.now().id, version, options.board ?? false), now, openBrowser: showBrowser, inOrder,
    seat: () => seat,
    refused: () => status.now().state === "refused",
    sit, admit,
    leave: async () => void (seat && (await signOut())),
    ended: (userId, reason) => endings.endAtDoor(userId, reason, seat?.userId === userId ? seat : null),
    eraseAll: (userId) => endings.eraseAll(userId, false),
    onChange: tell,
  }); // prettier-ignore
  /** A browser shell has no browser of its own to open: the page that asked shows the address. */
  async function showBrowser(url: string | null): Promise<void> {
    if (browserShell) status.tell(null, { providerAddress: url ?? undefined });
    if (url !== null) await openBrowser(url);
  }

  /** Where the system keeps the key, the data of whoever was here last open by themselves: behind a locked door if they were away. */
  async function openForLast(): Promise<void> {
    const { last } = device.now();
    if (last === null) return;
    try {
      if (!(await signIn.openByWrapper(last)) || !seat) return;
      await clock.lockIfIdle();
      admitted = seat;
      tell();
      seat.open();
    } catch (error) {
      log(`key: not opened by the system's secret store (${String(error)})`);
      status.tell(null, { problem: error instanceof Error ? error.message : null });
    }
  }
  const open = (): Seat => {
    const { door } = status.now();
    if (seat && seat === admitted && door.kind === "open") return seat;
    throw unauthorized(door.kind === "open" ? closedSentence.closed : closedSentence[door.kind]);
  };

  await endings.goOn();
  await clock.start();
  await openForLast();
  void endings.deliver();

  const router = deskRouter({
    board: status,
    open,
    seat: () => seat,
    server,
    signIn,
    rewrap: (here, password) =>
      inOrder(async () => {
        // Who left has no key any more: what they hold still opens by the old password, and is wrapped anew when they come back.
        if (seat === here) await ownKey.rewrap(here.userId, here.key, password);
      }),
    signOut: () =>
      inOrder(() => {
        signIn.forget();
        return signOut();
      }),
    lock: () => {
      lock("person");
      return { locked: status.now().door.kind === "locked" };
    },
    touched: () => {
      const isOpen = status.now().door.kind === "open";
      if (isOpen) clock.touched();
      return { open: isOpen };
    },
    reconnect: () =>
      inOrder(async () => {
        if (!seat) return { asked: false };
        const replica = seat.replica();
        if (replica?.broken()) await seat.reopen();
        else {
          replica?.retry();
          seat.connect();
        }
        return { asked: true };
      }),
    tell,
    now,
  });
  return {
    router,
    lock,
    close: () =>
      inOrder(async () => {
        closed = true;
        clock.stop();
        if (seat) await clock.keep(seat).catch(() => {});
        await leave();
        await threads.close();
      }),
  };
}
