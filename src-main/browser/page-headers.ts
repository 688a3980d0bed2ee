import { places } from "./same-place.ts";

/** The one style sheet react-aria writes into the page by itself (no delay on double taps), by the digest of its text. */
const pressable = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='";

/**
 * The policy every page is sent with. Style attributes are allowed, since charts write their tooltips with them; they can't run
 * anything, and the policy lets nothing be fetched from elsewhere that a style could name.
 */
export function contentPolicy(connect: string[], development: boolean): string {
  const inline = "'unsafe-inline'";
  return [
    "default-src 'none'",
    development ? `script-src 'self' ${inline}` : "script-src 'self'",
    `style-src 'self' ${development ? inline : pressable}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src ${["'self'", ...connect].join(" ")}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Headers of every answer of the browser shell. */
export function pageHeaders(port: number, development: boolean): Record<string, string> {
  const sockets = places(port).map((place) => `ws://${place}`);
  return {
    "Content-Security-Policy": contentPolicy(sockets, development),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), display-capture=()",
  };
}
