import type { ORPCError } from "@orpc/server";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { tooMany } from "../identity/failures.ts";
import { networkOf } from "./network-of.ts";

/** Requests a minute. A whole clinic may come from one address, and a desk that comes back asks for much at once. */
const usual = {
  /** Any verb, from one address. */
  address: 6000,
  /** A step of signing in, from one address: these are the ones that cost work before anybody is known. */
  signIn: 120,
  /** Any verb, by one person on all their desks. */
  person: 1200,
};
export type RateLimits = {
  ofAddress: (address: string, method: string, path: string) => Promise<ORPCError<"TOO_MANY_REQUESTS", unknown> | null>;
  ofPerson: (userId: string) => Promise<ORPCError<"TOO_MANY_REQUESTS", unknown> | null>;
};

/**
 * Counts requests in memory, for a minute each. Shapes and webhooks are not counted: a desk waits in long polls, which answer as often
 * as a call ends, and a phone system posts what it must.
 */
export function rateLimits(perMinute: Partial<typeof usual> = {}): RateLimits {
  const limiter = (points: number) => new RateLimiterMemory({ points, duration: 60 });
  const { address, signIn, person } = { ...usual, ...perMinute };
  const [all, steps, people] = [limiter(address), limiter(signIn), limiter(person)];
  return {
    ofAddress: async (from, method, path) => {
      const key = networkOf(from);
      return (
        (await over(all, key, "This address sends very many requests")) ??
        (isSignIn(method, path) ? over(steps, key, "Very many people are signing in from this address") : null)
      );
    },
    ofPerson: (userId) => over(people, userId, "This account sends very many requests"),
  };
}

async function over(limiter: RateLimiterMemory, key: string, why: string) {
  try {
    await limiter.consume(key);
    return null;
  } catch (left) {
    if (!(left instanceof RateLimiterRes)) throw left;
    return tooMany(Math.max(1, Math.ceil(left.msBeforeNext / 1000)), why);
  }
}

/** Whether requests to this path are counted at all. */
export const isCounted = (path: string): boolean => path !== "/v1/shape" && !path.startsWith("/api/3cx/");

/** Whether a request is a step of signing in. Refreshing, which every desk does by itself, is none. */
export const isSignIn = (method: string, path: string): boolean =>
  path.startsWith("/auth/") ||
  (method === "POST" &&
    /^\/(api\/session(\/(second-factor|new-password|provider-code|providers\/[^/]+))?|rpc\/session\/(signIn|secondFactor|newPassword|providerStart|providerFinish))\/?$/.test(
      path,
    ));
