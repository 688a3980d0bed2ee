import { ORPCError } from "@orpc/client";
import type { KeyWrapper } from "../session/key-wrapper.ts";
import { tryLimit } from "../session/try-limit.ts";
import { type NoKey, createVault, openVault, rewrapVault } from "../session/vault.ts";

/** `wrong`: how many passwords were wrong before. */
type Found = { key: Uint8Array; wrong: number };

/** Finds a person's key among the ways it is wrapped. */
export type OwnKey = {
  /** By a password that nobody vouches for: it counts as a try. @throws TOO_MANY_REQUESTS */
  byTrying: (userId: string, password: string) => Promise<Found | { failed: NoKey }>;
  /**
   * After the server accepted this person. @param password the one it accepted; null: they came by a provider.
   * `failed`: `none` where there is nothing yet, `wrongPassword` where another one opens it, else it is lost.
   */
  afterServer: (userId: string, password: string | null) => Promise<Found | { failed: NoKey }>;
  /** The key is here already: from now on this password opens it, if it doesn't yet. Answers the wrong tries before. */
  openedBy: (userId: string, key: Uint8Array, password: string | null) => Promise<number>;
  /** By the system's store; null where there is none, or it doesn't open it. @throws an Error for people, when it may work later */
  bySystem: (userId: string) => Promise<Uint8Array | null>;
  create: (userId: string, password: string) => Promise<Uint8Array>;
  rewrap: (userId: string, key: Uint8Array, password: string) => Promise<void>;
};

export function createOwnKey(
  folderOf: (userId: string) => string,
  wrapper: KeyWrapper | null,
  now: () => number,
): OwnKey {
  const rewrap = (userId: string, key: Uint8Array, password: string) =>
    rewrapVault(folderOf(userId), key, { password, wrapper });
  const bySystem = async (userId: string) => {
    const opened = wrapper && (await openVault(folderOf(userId), { wrapper }));
    return opened && "ok" in opened ? opened.ok : null;
  };
  return {
    byTrying: async (userId, password) => {
      const limit = tryLimit(folderOf(userId), now);
      const seconds = await limit.wait();
      if (seconds > 0)
        throw new ORPCError("TOO_MANY_REQUESTS", {
          status: 429,
          message: `Too many wrong passwords: wait ${seconds} seconds, then try again.`,
          data: { retryAfter: seconds },
        });
      await limit.begin();
      const opened = await openVault(folderOf(userId), { password });
      if ("ok" in opened) return { key: opened.ok, wrong: await limit.right() };
      // No password was wrong where there is nothing to open.
      if (opened.failed !== "wrongPassword") await limit.right();
      return { failed: opened.failed };
    },
    afterServer: async (userId, password) => {
      const limit = tryLimit(folderOf(userId), now);
      const opened = await openVault(folderOf(userId), { password: password ?? "" });
      if ("ok" in opened) return { key: opened.ok, wrong: await limit.right() };
      if (opened.failed === "none") return opened;
      const key = await bySystem(userId);
      if (!key) return opened;
      if (password !== null) await rewrap(userId, key, password);
      return { key, wrong: await limit.right() };
    },
    openedBy: async (userId, key, password) => {
      if (password !== null && !("ok" in (await openVault(folderOf(userId), { password }))))
        await rewrap(userId, key, password);
      return tryLimit(folderOf(userId), now).right();
    },
    bySystem,
    create: (userId, password) => createVault(folderOf(userId), { password, wrapper }),
    rewrap,
  };
}
