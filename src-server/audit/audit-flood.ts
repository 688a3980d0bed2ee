import { isSignIn } from "../http/rate-limit.ts";
import type { AuditTrail } from "./trail.ts";

/** A line, once a minute, when steps of signing in are refused because an address sends too many: before any of them costs work. */
export const auditFlood =
  (audit: AuditTrail) =>
  (method: string, path: string, requestId: string): void => {
    if (!isSignIn(method, path)) return;
    audit
      .once("flood", { action: "refused", subject: "session", requestId, detail: { code: "TOO_MANY_REQUESTS" } })
      .catch(() => {});
  };
