import type { EndReason } from "#shared/contract/base.ts";
import type { Door } from "#shared/contract/desk-contract.ts";
import { moment } from "../format/moments.ts";
import { removedTotal, rowWords } from "./removed-words.ts";

type Ended = NonNullable<Extract<Door, { kind: "closed" }>["ended"]>;

const reasons: Record<EndReason, { title: string; text: string } | null> = {
  signedOut: null,
  expired: {
    title: "Your session is over",
    text: "It was not used for a long time. Sign in again to go on.",
  },
  deviceEnded: {
    title: "An administrator ended this computer’s access",
    text: "Nobody can sign in here until an administrator admits this computer again.",
  },
  sessionEnded: {
    title: "An administrator ended your session on this computer",
    text: "You may sign in again.",
  },
  accountDisabled: {
    title: "Your account was disabled by an administrator",
    text: "If that is a mistake, ask an administrator of your clinic.",
  },
  tokenReused: {
    title: "Your session was ended to be safe",
    text: "Somebody else used a copy of it. Sign in again, and tell your administrator if this was not you.",
  },
  passwordChanged: {
    title: "Your password was changed",
    text: "On another computer, or by an administrator: sign in with the new one.",
  },
  erased: {
    title: "What this computer held was erased",
    text: "Sign in again to have it fetched anew.",
  },
};

/**
 * Why the last person was signed out, and what left this computer. What is removed here is a copy: each sentence about it says that the
 * server's records are untouched. Null where there is nothing to explain.
 */
export function endedWords({ reason, removed, at }: Ended, timeZone: string): { title: string; text: string } | null {
  const why = reasons[reason];
  const rows = removedTotal(removed);
  if (why === null && rows === 0) return null;
  const left =
    rows === 0
      ? ""
      : ` ${rowWords(rows)} of yours ${rows === 1 ? "was" : "were"} removed from this computer on ${moment(at, timeZone)}. Nothing was deleted on the server.`;
  return { title: why?.title ?? "You are signed out", text: `${why?.text ?? ""}${left}`.trim() };
}
