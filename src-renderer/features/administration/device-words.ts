import type { ManagedDevice } from "#shared/contract/administration.ts";

/** Why a session ended, or rows left a desk, in words. What the server adds later stays as it is. */
const reasons: Record<string, string> = {
  signedOut: "signed out",
  expired: "not used for too long",
  deviceEnded: "device ended by an administrator",
  sessionEnded: "session ended by an administrator",
  accountDisabled: "account disabled",
  tokenReused: "a copy of the session was used",
  passwordChanged: "password changed",
  erased: "erased by the person",
  accessChanged: "role, clinic or location changed",
  leaseOver: "too long without contact",
  damaged: "files were damaged",
  older: "an older copy was put back",
  keyLost: "the key was lost",
};
export const reasonWords = (reason: string): string => reasons[reason] ?? reason;

/** A desk that was not heard of for that long is worth a look. */
const quietAfter = 3 * 86_400_000;

/** How a session stands: its word and its colour. */
export function sessionState(
  session: ManagedDevice["sessions"][number],
  now: number,
): { word: string; tone: "good" | "warn" | "off" } {
  if (session.endedAt !== null) {
    return { word: session.endedReason ? reasonWords(session.endedReason) : "ended", tone: "off" };
  }
  if (session.lastContactAt === null) return { word: "no contact yet", tone: "warn" };
  const quiet = now - Date.parse(session.lastContactAt);
  if (quiet > quietAfter) return { word: "not heard of", tone: "warn" };
  return { word: "signed in", tone: "good" };
}
