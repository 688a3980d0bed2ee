import { ORPCError } from "@orpc/client";
import type { EndReason } from "#shared/contract/base.ts";
import { eraseReplica } from "../replica/erase-replica.ts";
import type { DeviceFile } from "../session/device.ts";
import type { EndedReceipt, EndedReceipts } from "../session/ended-receipts.ts";
import { eraseSession } from "../session/erase-session.ts";
import { forgetPerson } from "../session/known-people.ts";
import type { Ended } from "../session/tokens.ts";
import { eraseVault } from "../session/vault.ts";
import { setWaitingAside } from "../session/waiting.ts";
import { erasing } from "./erasing.ts";
import type { Seat } from "./seat.ts";
import { serverClient } from "./server-client.ts";

/** How sessions end that the server ended, and what is erased with them. */
export type Endings = {
  /** @param token the refresh token of which the server said it */
  end: (of: Seat, ended: Ended, token: string | null) => Promise<void>;
  /**
   * Somebody showed the server who they are, and it says that what is held of them has to go.
   * @param here their seat, where their key opened what is held
   */
  endAtDoor: (userId: string, reason: EndReason, here: Seat | null) => Promise<void>;
  /** @param keepWaiting waiting lines stay, and the key that opens them */
  eraseAll: (userId: string, keepWaiting: boolean) => Promise<void>;
  /** Erases what an earlier start didn't come to the end of. */
  goOn: () => Promise<void>;
  /** Sends the receipts of sessions that are gone. */
  deliver: () => Promise<void>;
};

type Options = {
  home: string;
  server: string;
  folderOf: (userId: string) => string;
  device: DeviceFile;
  receipts: EndedReceipts;
  now: () => number;
  log: (line: string) => void;
  sits: (seat: Seat) => boolean;
  leave: () => Promise<void>;
  lock: () => void;
};

export function createEndings({
  home,
  server,
  folderOf,
  device,
  receipts,
  now,
  log,
  sits,
  leave,
  lock,
}: Options): Endings {
  /** What a person's folder holds goes for good. Waiting lines stay, with the key that opens them, where there are any. */
  const eraseAll = async (userId: string, keepWaiting: boolean) => {
    const folder = folderOf(userId);
    const waits = keepWaiting && (await setWaitingAside(folder, now()));
    // Without the key the rest is noise already, whatever happens before it is gone.
    if (!waits) await eraseVault(folder);
    await eraseReplica(folder);
    await eraseSession(folder, !waits);
  };

  /** The server ended the session. */
  const end = async (of: Seat, { reason, receipt }: Ended, token: string | null) => {
    // Somebody may have signed in meanwhile: the answer to an old token says nothing of the new.
    if (!sits(of) || token === null || of.kept.now().refreshToken !== token) return;
    log(`session: ended by the server (${reason})`);
    of.tokens.forget();
    if (!erasing.has(reason)) {
      await of.kept.change({ refreshToken: null });
      of.refused();
      if (reason === "tokenReused") lock();
      return;
    }
    const removed = await of.countRows();
    const at = new Date(now()).toISOString();
    // The receipt first: after a crash before it the next start hears the same again, and the receipt is the same too, by the
    // session's name. After one behind it the next start goes on erasing, whoever signs in.
    const { sessionId } = of.kept.now();
    if (receipt !== null)
      await quietly(receipts.add({ id: sessionId, reason, changes: [], removed, purgedAt: at, receipt }));
    await quietly(device.change({ last: null, ended: { reason, removed, at }, erasing: of.userId }));
    const nothingWaits = of.waiting.count() === 0;
    await leave();
    await eraseMarked(of.userId, !nothingWaits);
    void deliver();
  };
  const endAtDoor = async (userId: string, reason: EndReason, here: Seat | null) => {
    log(`session: ended by the server at a sign-in (${reason})`);
    const removed = here ? await here.countRows() : {};
    const keepWaiting = here === null || here.waiting.count() > 0;
    const last = device.now().last === userId ? null : device.now().last;
    await quietly(
      device.change({ last, ended: { reason, removed, at: new Date(now()).toISOString() }, erasing: userId }),
    );
    if (here) await leave();
    await eraseMarked(userId, keepWaiting);
  };
  const eraseMarked = async (userId: string, keepWaiting: boolean) => {
    await quietly(forgetPerson(home, userId));
    await eraseAll(userId, keepWaiting);
    await quietly(device.change({ erasing: null }));
  };
  /** A full disk is no reason to keep what has to go: erasing makes the room. */
  const quietly = (work: Promise<void>) =>
    work.catch((error: unknown) => log(`session: not written down (${String(error)})`));
  const deliver = () =>
    receipts
      .deliver(async (owed: EndedReceipt) => {
        try {
          return (await serverClient(server, null).session.receipt(owed)).received;
        } catch (error) {
          // What the server will never take is not sent for ever.
          if (!(error instanceof ORPCError) || ![400, 401, 403, 404].includes(error.status)) throw error;
          log(`receipts: the server doesn't take one (${error.code}); it is left out`);
          return true;
        }
      })
      .catch(() => {});

  /** What a crash left of it. Waiting lines are kept where there may be any: nobody can count them without their key. */
  const goOn = async () => {
    const { erasing: userId } = device.now();
    if (userId === null) return;
    try {
      await eraseMarked(userId, true);
    } catch (error) {
      log(`session: not erased yet (${String(error)})`);
    }
  };

  return { end, endAtDoor, eraseAll, goOn, deliver };
}
