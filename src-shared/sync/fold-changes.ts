/** A row as the wire has it: PostgreSQL's text of each column, or null. */
export type WireRow = Record<string, string | null>;

export type Change = {
  key: string;
  value: WireRow;
  headers: { operation: "insert" | "update" | "delete" };
};

/** What is left to do of a run of changes, at most one thing a row; so their order no longer matters. */
export type Folded = {
  /** Rows whole. */
  upserts: WireRow[];
  /** The id and what changed. */
  updates: WireRow[];
  deletes: string[];
};

type Fate = { kind: "upsert" | "update"; row: WireRow } | { kind: "delete" };

/** Folds changes into what they come to for each row: SPEC.md 5. */
export function foldChanges(changes: Change[]): Folded {
  const fates = new Map<string, Fate>();
  for (const { key, value, headers } of changes) {
    const id = value.id ?? idOf(key);
    const before = fates.get(id);
    if (headers.operation === "delete") fates.set(id, { kind: "delete" });
    else if (headers.operation === "insert") fates.set(id, { kind: "upsert", row: { ...value, id } });
    // A row that is gone and is changed afterwards: the insert between the two is missing, so there is nothing to change.
    else if (before?.kind !== "delete")
      fates.set(id, { kind: before?.kind ?? "update", row: { ...before?.row, ...value, id } });
  }
  const folded: Folded = { upserts: [], updates: [], deletes: [] };
  for (const [id, fate] of fates)
    if (fate.kind === "delete") folded.deletes.push(id);
    else folded[fate.kind === "upsert" ? "upserts" : "updates"].push(fate.row);
  return folded;
}

/** `"public"."calls"/"<id>"` to the id. */
function idOf(key: string): string {
  const [, id] = /\/"([^"]*)"$/.exec(key) ?? [];
  if (id === undefined) throw new Error(`the key ${key} names no row`);
  return id;
}
