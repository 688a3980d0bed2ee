import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";

/** A year: a browser that once saw this server over https never asks it in clear text again. */
const hsts = "max-age=31536000; includeSubDomains";

/**
 * What every answer says to whatever shows it: nothing is run, framed, sniffed, cached or read from another origin. Strict transport only
 * where people reach this server over https, because a browser would hold it against a server that has none.
 */
export const securityHeaders = (publicUrl: string | undefined): MiddlewareHandler =>
  secureHeaders({
    contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    referrerPolicy: "no-referrer",
    crossOriginResourcePolicy: "same-origin",
    strictTransportSecurity: publicUrl?.startsWith("https:") ? hsts : false,
    permissionsPolicy: Object.fromEntries(
      [
        "accelerometer", "camera", "displayCapture", "fullscreen", "geolocation", "gyroscope", "magnetometer", "microphone", "midi",
        "payment", "publickeyCredentialsGet", "usb",
      ].map((feature) => [feature, false]), // prettier-ignore
    ),
  });
