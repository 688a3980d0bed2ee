import { useStore } from "zustand";
import { drafts, keepDraft } from "./drafts.ts";

/**
 * What is being written under that key, kept over a lock, a refusal and a change of screen: `[text, write, forget]`. `start` stands
 * there while nothing was written. A key names the thing that is written to: `["role", userId]`.
 */
export function useDraft<T>(
  key: readonly string[],
  start: T,
): [draft: T, write: (next: T) => void, forget: () => void] {
  const name = key.join(" ");
  // The key decides what is kept under it, and so its type.
  const kept = useStore(drafts, (state) => state.kept.get(name) as T | undefined);
  return [kept ?? start, (next) => keepDraft(name, next), () => keepDraft(name, undefined)];
}
