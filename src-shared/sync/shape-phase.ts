/** What a shape's loop is doing. */
export type ShapePhase =
  /** Asks for what is there: the snapshot, or the log since it last listened. */
  | "fetching"
  /** Holds everything and waits for the next change. */
  | "live"
  /** Waits before it tries again: the server could not be reached or could not answer. */
  | "resting"
  /** The server does not accept this session. */
  | "refused"
  /** The server's answer makes no sense to this version. */
  | "failed";

/** What can come back from a request, or happen to a loop. */
export type ShapeEvent =
  /** Messages, with more to come. */
  | "chunk"
  /** Messages or none, and nothing after them. */
  | "upToDate"
  /** The handle is unknown: fetch everything again. */
  | "mustRefetch"
  | "refused"
  | "unreachable"
  | "invalid"
  /** The time to rest is over, a person asked, or there is a new session. */
  | "retry";

/** Every phase and every event: SPEC.md 1. Answers that come while resting, refused or failed belong to a request that was given up. */
export const shapePhases: Record<ShapePhase, Record<ShapeEvent, ShapePhase>> = {
  fetching: {
    chunk: "fetching",
    upToDate: "live",
    mustRefetch: "fetching",
    refused: "refused",
    unreachable: "resting",
    invalid: "failed",
    retry: "fetching",
  },
  live: {
    chunk: "fetching",
    upToDate: "live",
    mustRefetch: "fetching",
    refused: "refused",
    unreachable: "resting",
    invalid: "failed",
    retry: "fetching",
  },
  resting: {
    chunk: "resting",
    upToDate: "resting",
    mustRefetch: "resting",
    refused: "resting",
    unreachable: "resting",
    invalid: "resting",
    retry: "fetching",
  },
  refused: {
    chunk: "refused",
    upToDate: "refused",
    mustRefetch: "refused",
    refused: "refused",
    unreachable: "refused",
    invalid: "refused",
    retry: "fetching",
  },
  failed: {
    chunk: "failed",
    upToDate: "failed",
    mustRefetch: "failed",
    refused: "failed",
    unreachable: "failed",
    invalid: "failed",
    retry: "fetching",
  },
};
