/**
 * How this window stands to the desk behind it (not to be confused with how the desk stands to the server: that is DeskStatus).
 * `opened` counts the times the link came up: after each one, everything is asked again, since a restarted desk counts anew.
 */
export type LinkState =
  | { kind: "connecting" }
  | { kind: "open"; opened: number }
  /** The desk can't be reached; the link tries again by itself at `retryAt` (milliseconds since 1970). */
  | { kind: "lost"; retryAt: number }
  /** The desk runs, but doesn't know this window any more: only a fresh link from its terminal lets it in. */
  | { kind: "expired" };
