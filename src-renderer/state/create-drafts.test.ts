import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createDrafts } from "./create-drafts.ts";
import { draftsTable } from "./drafts-table.ts";

const keys: Record<string, string> = { ada: btoa("a".repeat(32)), bob: btoa("b".repeat(32)) };
const askKey = (person: string) => async () => keys[person] ?? "";
/** A pause that no test waits for: what is written is written because it was asked for. */
const never = 2 ** 30;

/** One browser profile, and windows over it. */
function profile() {
  const options = { indexedDB: new IDBFactory(), IDBKeyRange };
  const table = () => draftsTable("test", options);
  const look = table();
  const openWindow = (pause = never) => {
    const drafts = createDrafts(table(), pause);
    const at = (door: "open" | "shut" | "over", personId: string | null, link: number | null = 1) => {
      drafts.look({ door, personId, link }, askKey(personId ?? ""));
    };
    return {
      ...drafts,
      at,
      /** When all that was begun is done. */
      settled: async (door: "open" | "shut" | "over", personId: string | null) => {
        at(door, personId);
        await drafts.flush();
      },
      text: (name = "note") => drafts.store.getState().kept.get(name),
    };
  };
  return { openWindow, rows: (person: string) => look.of(person) };
}

let warned: unknown[];
beforeEach(() => {
  warned = [];
  vi.spyOn(console, "warn").mockImplementation((...words) => void warned.push(words));
});
afterEach(() => void vi.restoreAllMocks());

test("what was written is there in the next window, and sealed in between", async () => {
  const { openWindow, rows } = profile();
  const first = openWindow();
  await first.settled("open", "ada");
  first.keep("note", { text: "Marker" });
  first.keep("opened", null);
  await first.flush();
  const kept = await rows("ada");
  expect(kept.map(({ name }) => name).toSorted()).toEqual(["note", "opened"]);
  for (const { sealed } of kept) expect(new TextDecoder("latin1").decode(sealed)).not.toContain("Marker");
  const second = openWindow();
  await second.settled("open", "ada");
  expect(second.text()).toEqual({ text: "Marker" });
  expect(second.text("opened")).toBeNull();
  // Saved: forgotten for good.
  second.keep("note", undefined);
  await second.flush();
  const third = openWindow();
  await third.settled("open", "ada");
  expect(third.store.getState().kept).toEqual(new Map([["opened", null]]));
  expect(warned).toEqual([]);
});

test("a change is written by itself", async () => {
  const { openWindow, rows } = profile();
  const it = openWindow(1);
  await it.settled("open", "ada");
  it.keep("note", "A");
  await expect.poll(() => rows("ada")).toHaveLength(1);
});

test("a lock writes what waits, takes it out of memory, and gives it back to the same person", async () => {
  const { openWindow, rows } = profile();
  const it = openWindow();
  await it.settled("open", "ada");
  it.keep("note", "A");
  await it.settled("shut", "ada");
  expect(it.store.getState()).toEqual({ personId: "ada", kept: new Map() });
  expect(await rows("ada")).toHaveLength(1);
  await it.settled("open", "ada");
  expect(it.text()).toBe("A");
  // Locked and unlocked in one breath.
  it.keep("note", "B");
  it.at("shut", "ada");
  await it.settled("open", "ada");
  expect(it.text()).toBe("B");
  expect(warned).toEqual([]);
});

test("what is written before the drafts have come is newer than they are", async () => {
  const { openWindow, rows } = profile();
  const first = openWindow();
  await first.settled("open", "ada");
  for (const name of ["note", "saved", "other"]) first.keep(name, "old");
  await first.flush();
  const second = openWindow();
  second.at("open", "ada");
  second.keep("note", "new");
  second.keep("saved", undefined);
  await second.flush();
  expect(Object.fromEntries(second.store.getState().kept)).toEqual({ note: "new", other: "old" });
  expect((await rows("ada")).map(({ name }) => name).toSorted()).toEqual(["note", "other"]);
});

test.each([
  ["a sign-out", "over", null],
  ["an erased copy", "over", "ada"],
  ["somebody else's sign-in", "open", "bob"],
] as const)("after %s nothing is left, in memory or in the profile", async (_, door, person) => {
  const { openWindow, rows } = profile();
  const it = openWindow();
  await it.settled("open", "ada");
  it.keep("note", "A");
  await it.flush();
  it.keep("note", "B");
  it.at(door, person);
  expect(it.store.getState().kept.size).toBe(0);
  await it.flush();
  expect(await rows("ada")).toEqual([]);
  await it.settled("open", "ada");
  expect(it.text()).toBeUndefined();
});

test("a window that finds a locked door knows whose drafts go when that person signs out", async () => {
  const { openWindow, rows } = profile();
  const first = openWindow();
  await first.settled("open", "ada");
  first.keep("note", "A");
  await first.flush();
  const second = openWindow();
  await second.settled("shut", "ada");
  expect(second.text()).toBeUndefined();
  await second.settled("over", null);
  expect(await rows("ada")).toEqual([]);
});

test("another person in the same profile sees nothing of it, and takes nothing away that a crash left", async () => {
  const { openWindow } = profile();
  const first = openWindow();
  await first.settled("open", "ada");
  first.keep("note", "A");
  await first.flush();
  const bobs = openWindow();
  await bobs.settled("over", null);
  await bobs.settled("open", "bob");
  expect(bobs.store.getState()).toEqual({ personId: "bob", kept: new Map() });
  bobs.keep("note", "B");
  await bobs.flush();
  const adas = openWindow();
  await adas.settled("open", "ada");
  expect(adas.text()).toBe("A");
});

test("what another key sealed can't be read by anybody any more, and goes", async () => {
  const { openWindow, rows } = profile();
  const first = openWindow();
  await first.settled("open", "ada");
  first.keep("note", "A");
  await first.flush();
  const second = openWindow();
  second.look({ door: "open", personId: "ada", link: 1 }, askKey("bob"));
  await second.flush();
  expect(second.text()).toBeUndefined();
  expect(await rows("ada")).toEqual([]);
});

test("without a place to keep them, or without a key, drafts stay in memory over a lock", async () => {
  // In this process there is no IndexedDB, as in some private windows.
  const nowhere = createDrafts(draftsTable("nowhere"), never);
  const at = (door: "open" | "shut" | "over", personId: string | null) =>
    nowhere.look({ door, personId, link: 1 }, askKey("ada"));
  at("open", "ada");
  nowhere.keep("note", "A");
  at("shut", "ada");
  at("open", "ada");
  await nowhere.flush();
  expect(nowhere.store.getState().kept.get("note")).toBe("A");
  at("over", null);
  expect(nowhere.store.getState().kept.size).toBe(0);
  await nowhere.flush();

  const { openWindow, rows } = profile();
  const it = openWindow();
  const refused = () => Promise.reject(new Error("The link broke."));
  it.look({ door: "open", personId: "ada", link: 1 }, refused);
  it.keep("note", "B");
  it.look({ door: "open", personId: "ada", link: null }, refused);
  await it.flush();
  expect(await rows("ada")).toEqual([]);
  expect(it.text()).toBe("B");
  // The link comes up again.
  it.at("open", "ada", 2);
  await it.flush();
  expect(await rows("ada")).toHaveLength(1);
  expect(warned.length).toBeGreaterThan(0);
});
