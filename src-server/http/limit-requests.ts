import type { MiddlewareHandler } from "hono";
import { addressOf } from "./address-of.ts";
import { isCounted, type RateLimits } from "./rate-limit.ts";
import { refuse } from "./refuse.ts";

/** Refuses an address that sends too much, before its request costs anything. Over RPC in that protocol's own words. */
export function limitRequests(
  limits: RateLimits,
  trustProxy: boolean,
  refused: (method: string, path: string, requestId: string) => void = () => {},
): MiddlewareHandler<{ Variables: { requestId: string } }> {
  return async (c, next) => {
    const { path, method } = c.req;
    const over = isCounted(path) ? await limits.ofAddress(addressOf(c, trustProxy), method, path) : null;
    if (!over) return next();
    const requestId = c.get("requestId");
    refused(method, path, requestId);
    return refuse(over, { path, requestId });
  };
}
