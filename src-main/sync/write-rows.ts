import type { Transaction } from "@electric-sql/pglite";
import type { Change, WireRow } from "#shared/sync/fold-changes.ts";
import { foldChanges } from "#shared/sync/fold-changes.ts";
import { must } from "#shared/kit/must.ts";
import type { ShapeName } from "#shared/contract/sync.ts";
import { copyText } from "./copy-text.ts";

export type Mode =
  /** Rows of a first snapshot: none of them is held. */
  | "first"
  /** Changes upon rows that are held. */
  | "changes"
  /** Rows beside those of an earlier handle: each is remembered as seen. */
  | "refetch";

/**
 * The columns of each table that this version knows and can write; what a newer server sends besides is left out. `emptied`: those
 * that can be without a value, for when the person may no longer see them.
 */
export type Columns = Map<string, { known: Set<string>; emptied: string[] }>;

/** How many rows are different afterwards, and how many of those lost values that are no longer the person's to see. */
export type Written = { different: number; shortened: number };

/** Runs of encoded rows of a first snapshot, all in the same columns: written as they are. */
export async function writeEncoded(
  tx: Transaction,
  shape: ShapeName,
  columns: string[],
  parts: Uint8Array[],
): Promise<void> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  await copyBytes(tx, shape, columns, bytes);
}

/** Writes a run of changes and gives the number of rows that are different afterwards. */
export async function writeRows(
  tx: Transaction,
  shape: ShapeName,
  changes: Change[],
  mode: Mode,
  tables: Columns,
): Promise<Written> {
  const { known, emptied } = must(tables.get(shape), `the table ${shape}`);
  if (mode === "first" && changes.every((c) => c.headers.operation === "insert"))
    return { different: await copyIn(tx, shape, changes.map((c) => c.value), known), shortened: 0 }; // prettier-ignore
  const { upserts, updates, deletes } = foldChanges(changes);
  let different = 0;
  let shortened = 0;
  if (deletes.length > 0) {
    different += (await tx.query(`delete from ${shape} where id = any ($1::uuid[])`, [deletes])).affectedRows ?? 0;
    if (mode === "refetch")
      await tx.query("delete from sync_seen where shape = $1 and id = any ($2::uuid[])", [shape, deletes]);
  }
  for (const rows of byColumns(updates)) {
    const columns = await stage(tx, shape, rows, known);
    if (columns.length === 0) continue;
    different +=
      (await tx.query(
        `update ${shape} t set ${columns.map((c) => `"${c}" = s."${c}"`).join(", ")} from staged_${shape} s
         where t.id = s.id and (${list(columns, "t.")}) is distinct from (${list(columns, "s.")})`,
      )).affectedRows ?? 0; // prettier-ignore
  }
  for (const rows of byColumns(upserts)) {
    const columns = await stage(tx, shape, rows, known);
    // A row that came whole came in the columns that the person may see now: what it was held with beyond them goes.
    const beyond = mode === "refetch" ? emptied.filter((c) => c !== "id" && !columns.includes(c)) : [];
    if (beyond.length > 0)
      shortened +=
        (await tx.query(
          `update ${shape} t set ${beyond.map((c) => `"${c}" = null`).join(", ")} from staged_${shape} s
           where t.id = s.id and num_nonnulls(${beyond.map((c) => `t."${c}"`).join(", ")}) > 0`,
        )).affectedRows ?? 0; // prettier-ignore
    different +=
      (await tx.query(
        `insert into ${shape} as t (id${columns.map((c) => `, "${c}"`).join("")})
         select id${columns.map((c) => `, "${c}"`).join("")} from staged_${shape}
         on conflict (id) do update set ${columns.map((c) => `"${c}" = excluded."${c}"`).join(", ")}
         where (${list(columns, "t.")}) is distinct from (${list(columns, "excluded.")})`,
      )).affectedRows ?? 0; // prettier-ignore
    if (mode === "refetch")
      await tx.query(`insert into sync_seen select $1, id from staged_${shape} on conflict do nothing`, [shape]);
  }
  return { different: different + shortened, shortened };
}

const list = (columns: string[], of: string): string => `row(${columns.map((c) => `${of}"${c}"`).join(", ")})`;

/** Puts rows into the table's staging copy, which is theirs alone, and gives their columns without the id. */
async function stage(tx: Transaction, shape: ShapeName, rows: WireRow[], known: Set<string>): Promise<string[]> {
  await tx.exec(
    `create temp table if not exists staged_${shape} as select * from ${shape} with no data; delete from staged_${shape}`,
  );
  await copyIn(tx, `staged_${shape}`, rows, known);
  return columnsOf(rows, known).filter((c) => c !== "id");
}

async function copyIn(tx: Transaction, table: string, rows: WireRow[], known: Set<string>): Promise<number> {
  const columns = columnsOf(rows, known);
  if (columns.length === 0) return 0;
  await copyBytes(tx, table, columns, encoder.encode(copyText(rows, columns)));
  return rows.length;
}

/** PGlite asks a Blob for its bytes and nothing else. A real one would hold them three times. */
async function copyBytes(
  tx: Transaction,
  table: string,
  columns: string[],
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const blob = { arrayBuffer: async () => bytes.buffer } as unknown as Blob;
  await tx.query(`copy ${table} (${columns.map((c) => `"${c}"`).join(", ")}) from '/dev/blob'`, [], { blob });
}
const encoder = new TextEncoder();

const columnsOf = (rows: WireRow[], known: Set<string>): string[] =>
  Object.keys(rows[0] ?? {}).filter((c) => known.has(c));

function byColumns(rows: WireRow[]): WireRow[][] {
  const groups = new Map<string, WireRow[]>();
  for (const row of rows) {
    const name = Object.keys(row).sort().join();
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return [...groups.values()];
}
