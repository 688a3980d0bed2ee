import { Dexie, type DexieOptions, type Table } from "dexie";
import type { SealedDraft } from "./sealed-draft.ts";

/** Sealed drafts in the browser's profile. Every verb rejects where there is no IndexedDB, as in some private windows. */
export type DraftsTable = {
  of: (person: string) => Promise<SealedDraft[]>;
  /** All or nothing. */
  write: (person: string, rows: readonly SealedDraft[], gone: readonly string[]) => Promise<void>;
  dropAll: (person: string) => Promise<void>;
};

export function draftsTable(name: string, options: DexieOptions = {}): DraftsTable {
  // A crash is what this is for: a write is done when it is on the disk.
  const db = new Dexie(name, { chromeTransactionDurability: "strict", ...options });
  db.version(1).stores({ drafts: "[person+name], person" });
  const drafts: Table<SealedDraft, [person: string, name: string]> = db.table("drafts");
  return {
    of: (person) => drafts.where({ person }).toArray(),
    write: (person, rows, gone) =>
      db.transaction("rw", drafts, async () => {
        await drafts.bulkPut(rows);
        await drafts.bulkDelete(gone.map((each) => [person, each]));
      }),
    dropAll: async (person) => {
      await drafts.where({ person }).delete();
    },
  };
}
