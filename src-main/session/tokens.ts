import { ORPCError } from "@orpc/client";
import type { EndReason } from "#shared/contract/base.ts";
import type { Tokens as Pair } from "#shared/contract/session.ts";
import type { KeptSession } from "./kept-session.ts";

/** The session as the server ended it. `receipt` lets the desk say afterwards what it removed. */
export type Ended = { reason: EndReason; receipt: string | null };

/** The access token in memory, the refresh token on the disk. */
export type Tokens = {
  /** One that is good for a while, fetched if need be. @throws UNAUTHORIZED when the session is none any more; whatever fetch throws */
  get: () => Promise<string>;
  /** Another one than `refused`, which the server didn't take. */
  renew: (refused: string) => Promise<string>;
  /** Of a sign-in; kept on the disk already. */
  set: (pair: Pair) => void;
  forget: () => void;
  /** The access token as it is, for a last word; null when there is none. */
  last: () => string | null;
  /** How the session ended, if an error says so. */
  endOf: (error: unknown) => Ended | null;
  stop: () => void;
};

type Options = {
  kept: KeptSession;
  refresh: (refreshToken: string) => Promise<Pair>;
  onToken: (token: string) => void;
  onEnded: (ended: Ended, of: string) => void;
  log: (line: string) => void;
};

/** Fetched anew this long before it expires. A clock that is wrong makes it look expired at once, so there is a least time between two. */
const ahead = 60_000;
const leastApart = 20_000;

export const sessionOver = () =>
  new ORPCError("UNAUTHORIZED", { message: "The server no longer accepts this session: sign in again." });

export function createTokens({ kept, refresh, onToken, onEnded, log }: Options): Tokens {
  let access: { token: string; since: number; until: number } | null = null;
  let running: Promise<string> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  const take = ({ accessToken, accessExpiresAt }: Pair): string => {
    const since = Date.now();
    access = { token: accessToken, since, until: Date.parse(accessExpiresAt) };
    if (timer) clearTimeout(timer);
    const left = Math.min(Math.max(access.until - ahead - since, leastApart), 2 ** 31 - 1);
    timer = setTimeout(() => void fetchPair().catch((e: unknown) => log(`session: not renewed (${nameOf(e)})`)), left);
    timer.unref();
    return accessToken;
  };
  const good = () =>
    access && (Date.now() < access.until - ahead || Date.now() - access.since < leastApart) ? access.token : null;

  /** One at a time: the refresh token is good for one use. */
  const fetchPair = (): Promise<string> => {
    running ??= (async () => {
      const { refreshToken } = kept.now();
      if (refreshToken === null) throw sessionOver();
      try {
        const pair = await refresh(refreshToken);
        // The old one is given up only once the new one is on the disk: a crash before that leaves the old one, which the server
        // still takes because nobody used the new.
        if (stopped || kept.now().refreshToken !== refreshToken) throw sessionOver();
        await kept.change({ refreshToken: pair.refreshToken });
        const token = take(pair);
        onToken(token);
        return token;
      } catch (error) {
        // Somebody signed in meanwhile: the answer to the old token says nothing of the new.
        if (kept.now().refreshToken === refreshToken) tellEnd(error, refreshToken);
        throw error;
      }
    })().finally(() => {
      running = null;
    });
    return running;
  };
  const tellEnd = (error: unknown, of: string) => {
    const ended = endOf(error, "expired");
    if (!ended || stopped) return;
    access = null;
    onEnded(ended, of);
  };

  return {
    get: async () => good() ?? fetchPair(),
    renew: async (refused) => (access && access.token !== refused ? access.token : fetchPair()),
    set: (pair) => {
      onToken(take(pair));
    },
    forget: () => {
      access = null;
      if (timer) clearTimeout(timer);
    },
    last: () => access?.token ?? null,
    endOf: (error) => endOf(error, null),
    stop: () => {
      stopped = true;
      access = null;
      if (timer) clearTimeout(timer);
    },
  };
}

/** What a refusal says of the session. @param otherwise the reason of a 401 that names none; null: then it says nothing of it */
export function endOf(error: unknown, otherwise: EndReason | null): Ended | null {
  if (!(error instanceof ORPCError) || error.status !== 401) return null;
  const data = error.data as { reason?: EndReason; receipt?: string } | undefined;
  const reason = data?.reason ?? otherwise;
  return reason && { reason, receipt: data?.receipt ?? null };
}

const nameOf = (error: unknown) =>
  error instanceof ORPCError ? error.code : error instanceof Error ? error.name : "?";
