import type { MiddlewareHandler } from "hono";
import { addressOf } from "./address-of.ts";
import { isCounted, type RateLimits } from "./rate-limit.ts";
import { refuse, retryAfter } from "./refuse.ts";

/** Refuses an address that sends too much, before its request costs anything. Over RPC in that protocol's own words. */
export function limitRequests(
  limits: RateLimits,
  trustProxy: boolean,
): MiddlewareHandler<{ Variables: { requestId: string } }> {
  return async (c, next) => {
    const { path, method } = c.req;
    const over = isCounted(path) ? await limits.ofAddress(addressOf(c, trustProxy), method, path) : null;
    if (!over) return next();
    if (!path.startsWith("/rpc/")) return refuse(over, c.get("requestId"));
    return c.json({ json: over.toJSON() }, 429, { "retry-after": retryAfter(over) ?? "5" });
  };
}
