import { createStore } from "zustand/vanilla";

type Drafts = { personId: string | null; kept: ReadonlyMap<string, unknown> };
const nothing: Drafts = { personId: null, kept: new Map() };

/**
 * What one person has written and not saved yet, over locks and changes of screen. In memory alone: a browser profile on disk is clear
 * text, and what people write names people.
 */
export const drafts = createStore<Drafts>(() => nothing);

/** Who the drafts belong to from now on; anybody else's, or with null everybody's, are thrown away. */
export function draftsOf(personId: string | null): void {
  if (drafts.getState().personId !== personId) drafts.setState({ personId, kept: new Map() });
}

/** Undefined forgets it: it was saved, or thrown away. */
export function keepDraft(key: string, value: unknown): void {
  const kept = new Map(drafts.getState().kept);
  if (value === undefined) kept.delete(key);
  else kept.set(key, value);
  drafts.setState({ kept });
}
