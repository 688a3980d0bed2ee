import { createStore, type StoreApi } from "zustand/vanilla";
import type { DraftsTable } from "./drafts-table.ts";
import { readPageKey, sealDraft, unsealDraft } from "./sealed-draft.ts";

/** What is in memory. */
type Held = { personId: string | null; kept: ReadonlyMap<string, unknown> };
/**
 * How the desk stands: who is named, and whether their door is open, shut for now, or theirs no more. `link`: how often this window's
 * link came up, null while it is down; after each time a key that could not be had is asked for again.
 */
export type DraftsAt = { personId: string | null; door: "open" | "shut" | "over"; link: number | null };
/** Asks the desk for the key of this person's drafts. */
type AskKey = (signal: AbortSignal) => Promise<string>;

export type Drafts = {
  store: StoreApi<Held>;
  /** Undefined forgets it: it was saved, or thrown away. */
  keep: (name: string, value: unknown) => void;
  /** The desk says how it stands. */
  look: (at: DraftsAt, askKey: AskKey) => void;
  /** Writes what waits now, and is done when all that was begun is. */
  flush: () => Promise<void>;
};

const nobody: Held = { personId: null, kept: new Map() };

/**
 * What one person has written and not saved yet, over locks, changes of screen, closed windows and crashes: in memory behind an open door, in
 * `table` sealed by a key that only the desk can make, and that is here only while the door is open. What can't be written there
 * stays in memory. @param pause milliseconds after a change until it is written
 */
export function createDrafts(table: DraftsTable, pause: number): Drafts {
  const store = createStore<Held>(() => nobody);
  let key: CryptoKey | null = null;
  let open = false;
  let askedAt: number | null = null;
  let asking = new AbortController();
  let erased: string | null = null;
  /** Names whose value in memory, or absence, is not in the table yet. */
  let unwritten = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = Promise.resolve();

  /** One after the other, so that what is dropped stays dropped. */
  const inOrder = (work: () => Promise<void>): Promise<void> => {
    last = last
      .then(work)
      .catch((problem: unknown) => console.warn("Drafts are kept in memory alone for now.", problem));
    return last;
  };
  const write = async () => {
    const { personId, kept } = store.getState();
    const [by, waiting] = [key, unwritten];
    if (by === null || personId === null || waiting.size === 0) return;
    const names = [...waiting];
    waiting.clear();
    try {
      const there = names.filter((name) => kept.has(name));
      const rows = await Promise.all(there.map((name) => sealDraft(by, personId, name, kept.get(name))));
      const gone = names.filter((name) => !kept.has(name));
      await table.write(personId, rows, gone);
    } catch (problem) {
      for (const name of names) waiting.add(name);
      throw problem;
    }
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    return inOrder(write);
  };

  const load = async (personId: string, askKey: AskKey, signal: AbortSignal) => {
    if (signal.aborted) return;
    const found = await readPageKey(await askKey(signal));
    const rows = await table.of(personId);
    const read = await Promise.all(rows.map(async (row) => ({ name: row.name, draft: await unsealDraft(found, row) })));
    // Locked or signed out meanwhile.
    if (signal.aborted) return;
    key = found;
    const kept = new Map(store.getState().kept);
    // What was written in this window since is newer.
    for (const { name, draft } of read) if (draft && !unwritten.has(name)) kept.set(name, draft.value);
    store.setState({ kept });
    const unreadable = read.filter(({ draft }) => draft === null).map(({ name }) => name);
    if (unreadable.length > 0) await table.write(personId, [], unreadable);
    await write();
  };
  const shut = async () => {
    try {
      await write();
    } finally {
      key = null;
      // What lies in the table comes back from there; the rest has no other place.
      const kept = new Map([...store.getState().kept].filter(([name]) => unwritten.has(name)));
      store.setState({ kept });
    }
  };
  const end = (personId: string) => {
    [key, erased, unwritten] = [null, personId, new Set()];
    store.setState(nobody);
    void inOrder(() => table.dropAll(personId));
  };
  const leave = () => {
    if (!open) return false;
    open = false;
    askedAt = null;
    asking.abort();
    return true;
  };

  return {
    store,
    keep: (name, value) => {
      const kept = new Map(store.getState().kept);
      if (value === undefined) kept.delete(name);
      else kept.set(name, value);
      unwritten.add(name);
      store.setState({ kept });
      timer ??= setTimeout(() => void flush(), pause);
    },
    look: ({ personId, door, link }, askKey) => {
      const before = store.getState().personId;
      const over = before ?? personId;
      if (over !== null && (door === "over" || (personId !== null && personId !== over))) {
        leave();
        if (before !== null || erased !== over) end(over);
      }
      if (door === "over" || personId === null) {
        if (leave()) void inOrder(shut);
        return;
      }
      if (store.getState().personId === null) store.setState({ personId, kept: new Map() });
      if (door === "shut") {
        if (leave()) void inOrder(shut);
        return;
      }
      erased = null;
      if (open && (key !== null || link === null || askedAt === link)) return;
      open = true;
      askedAt = link;
      asking.abort();
      asking = new AbortController();
      const { signal } = asking;
      void inOrder(() => load(personId, askKey, signal));
    },
    flush,
  };
}
