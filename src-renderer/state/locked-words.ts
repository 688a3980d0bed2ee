import type { Door } from "#shared/contract/desk-contract.ts";

type Why = Extract<Door, { kind: "locked" }>["why"];

/** Why a desk is locked, to go on after "Since 16:21:". */
export function lockedWords(why: Why, idleMinutes: number | null): string {
  switch (why) {
    case "idle":
      return idleMinutes === null
        ? "nobody was here"
        : `nobody was here for ${idleMinutes} ${idleMinutes === 1 ? "minute" : "minutes"}`;
    case "person":
      return "you locked it";
    case "system":
      return "the computer was locked or slept";
  }
  return why satisfies never;
}
