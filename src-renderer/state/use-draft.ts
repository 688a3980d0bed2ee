import { useStore } from "zustand";
import { drafts } from "./drafts.ts";

/**
 * What is being written under that key, kept over a lock, a refusal, a change of screen and a crash: `[text, write, forget]`. `start`
 * stands there while nothing was written. A key names the thing that is written to: `["role", userId]`; what is written is anything that JSON
 * holds, and no secret.
 */
export function useDraft<T>(
  key: readonly string[],
  start: T,
): [draft: T, write: (next: T) => void, forget: () => void] {
  const name = key.join(" ");
  // The key decides what is kept under it, and so its type.
  const kept = useStore(drafts.store, (state) => state.kept.get(name) as T | undefined);
  return [kept ?? start, (next) => drafts.keep(name, next), () => drafts.keep(name, undefined)];
}
