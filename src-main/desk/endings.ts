import { ORPCError } from "@orpc/client";
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
  /** @param keepWaiting waiting lines stay, and the key that opens them */
  eraseAll: (userId: string, keepWaiting: boolean) => Promise<void>;
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
    // Until everything is gone the session stays: after a crash in between the next start hears the same again. The receipt is then
    // the same too, by the session's name.
    const { sessionId } = of.kept.now();
    await device.change({ last: null, ended: { reason, removed, at } });
    if (receipt !== null) await receipts.add({ id: sessionId, reason, changes: [], removed, purgedAt: at, receipt });
    const nothingWaits = of.waiting.count() === 0;
    await leave();
    await forgetPerson(home, of.userId);
    await eraseAll(of.userId, !nothingWaits);
    void deliver();
  };
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

  return { end, eraseAll, deliver };
}
