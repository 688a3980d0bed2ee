import type { PGlite, Transaction } from "@electric-sql/pglite";
import type { ShapeName } from "#shared/contract/sync.ts";
import type { Change } from "#shared/sync/fold-changes.ts";
import { must } from "#shared/kit/must.ts";
import { after, anew, inside } from "#shared/sync/position.ts";
import type { Turns } from "../replica/turns.ts";
import { countOf, type Messages } from "./ask-shape.ts";
import { textOf } from "./encoded-rows.ts";
import { type Held, readHeld, writeHeld } from "./held-shapes.ts";
import { createSliceSize } from "./slice-size.ts";
import { sweep } from "./sweep.ts";
import { isSnapshot } from "./snapshot-offset.ts";
import { type Columns, type Mode, writeEncoded, writeRows } from "./write-rows.ts";

/** Writes what the server sends into the replica, and knows how far each shape has come. SPEC.md 2, 4, 7 and 8. */
export type Applier = {
  held: (shape: ShapeName) => Held;
  /** Applies answers in a row, the first to a request at the shape's position; resolves when all of them are committed. */
  apply: (shape: ShapeName, answers: Messages[], stopped: () => boolean) => Promise<void>;
  /** How many rows are worth having at hand before they are applied. The very first ones are not waited for. */
  appetite: (shape: ShapeName) => number;
  /** The columns that rows of a first snapshot can be encoded in ahead; null when what comes is no first snapshot. */
  encodable: (shape: ShapeName) => ReadonlySet<string> | null;
  /** The handle is unknown to the server: the shape starts again beside its rows. */
  restart: (shape: ShapeName, successor: string | null) => Promise<void>;
  expect: (shape: ShapeName, rows: number) => void;
  /** Writes down when each shape was last up to date. */
  rest: () => Promise<void>;
};

type Options = { pg: PGlite; turns: Turns; onCommit: (shape: ShapeName, different: number) => void };

/** An up-to-date without rows is written down this often: it costs a commit, and all that hangs on it is "data as of" after a restart. */
const betweenNotes = 10_000;

export async function createApplier({ pg, turns, onCommit }: Options): Promise<Applier> {
  const all = await readHeld(pg);
  const columns = await readColumns(pg);
  const sizes = createSliceSize();
  const noted = new Map<ShapeName, number>();
  const held = (shape: ShapeName): Held => must(all.get(shape), `what is held of ${shape}`);

  /** One transaction: work on rows, and the position that says so. */
  async function commit(
    shape: ShapeName,
    next: (different: number) => Held,
    work: (tx: Transaction) => Promise<number>,
  ) {
    const different = await turns.write(() =>
      pg.transaction(async (tx) => {
        const different = await work(tx);
        const now = next(different);
        const moved = { ...now, revision: held(shape).revision + (different > 0 ? 1 : 0) };
        await writeHeld(tx, shape, moved);
        return { different, moved };
      }).then(({ different, moved }) => {
        all.set(shape, moved);
        return different;
      }),
    ); // prettier-ignore
    noted.set(shape, Date.now());
    onCommit(shape, different);
  }

  async function apply(shape: ShapeName, answers: Messages[], stopped: () => boolean): Promise<void> {
    const last = must(answers.at(-1), "an answer to apply");
    let { within } = held(shape).position;
    for (let next = 0; next < answers.length && !stopped();) {
      const before = held(shape);
      const size = sizes.next(turns.sinceRead());
      const slice: Change[] = [];
      // Rows that came encoded go as they are; the two kinds are never in one slice.
      const encoded: Uint8Array[] = [];
      let columnsOfSlice: string[] | null = null;
      let taken = 0;
      let { position } = before;
      // A slice may take in several answers: its position is the end of the last one it takes whole, and how far it is in the next.
      while (next < answers.length && taken < size) {
        const answer = must(answers[next], "the next answer");
        const { rows } = answer;
        if (taken > 0 && (rows?.columns.join() ?? null) !== (columnsOfSlice?.join() ?? null)) break;
        const upTo = Math.min(within + size - taken, countOf(answer));
        if (rows) {
          encoded.push(textOf(rows, within, upTo));
          columnsOfSlice = rows.columns;
        } else slice.push(...answer.changes.slice(within, upTo));
        taken += upTo - within;
        within = upTo;
        const whole = within >= countOf(answer);
        position =
          whole && !finishes(before, answer) ? after(position, answer) : inside(position, answer.handle, within);
        if (!whole) break;
        within = 0;
        next++;
      }
      const now = { ...before, position, rowsFetched: before.rowsFetched + taken };
      if (taken === 0) all.set(shape, now);
      else {
        const began = performance.now();
        const of = columnsOfSlice;
        await commit(shape, () => now, async (tx) => {
          if (of === null) return writeRows(tx, shape, slice, modeOf(before), columns);
          await writeEncoded(tx, shape, of, encoded);
          return taken;
        }); // prettier-ignore
        sizes.took(taken, performance.now() - began);
      }
    }
    if (stopped()) return;
    if (finishes(held(shape), last)) {
      await sweep(shape, (work) => commit(shape, () => held(shape), work));
      const position = { ...after(held(shape).position, last), refetching: false };
      await commit(shape, () => ({ ...held(shape), position }), forget(shape));
    }
    if (last.upToDate) await upToDate(shape);
  }

  async function upToDate(shape: ShapeName): Promise<void> {
    const first = held(shape).upToDateAt === null;
    all.set(shape, { ...held(shape), upToDateAt: new Date().toISOString() });
    if (first || Date.now() - (noted.get(shape) ?? 0) > betweenNotes) await note(shape);
    else onCommit(shape, 0);
  }

  const note = (shape: ShapeName) =>
    commit(
      shape,
      () => held(shape),
      async () => 0,
    );

  return {
    held,
    apply,
    appetite: (shape) => (held(shape).rowsFetched === 0 ? 1 : sizes.next(turns.sinceRead())),
    encodable: (shape) => (modeOf(held(shape)) === "first" ? (columns.get(shape) ?? null) : null),
    restart: async (shape, successor) => {
      const before = held(shape);
      const position = anew(before.position, successor);
      await commit(shape, () => ({ ...before, position, rowsFetched: 0 }), forget(shape));
    },
    expect: (shape, rows) => all.set(shape, { ...held(shape), rowsExpected: rows }),
    rest: async () => {
      for (const [shape, { upToDateAt }] of all) if (upToDateAt !== null) await note(shape);
    },
  };
}

const finishes = (held: Held, answer: Messages): boolean => held.position.refetching && answer.upToDate;

/** Rows of a first snapshot can be written without looking whether they are there: SPEC.md 2 says that none of them is. */
function modeOf({ position }: Held): Mode {
  if (position.refetching) return "refetch";
  return isSnapshot(position.offset) ? "first" : "changes";
}

const forget = (shape: ShapeName) => async (tx: Transaction) => {
  await tx.query("delete from sync_seen where shape = $1", [shape]);
  return 0;
};

async function readColumns(pg: PGlite): Promise<Columns> {
  const { rows } = await pg.query<{ table_name: string; names: string[] }>(
    "select table_name::text, array_agg(column_name::text) as names from information_schema.columns where table_schema = 'public' group by 1",
  );
  return new Map(rows.map((r) => [r.table_name, new Set(r.names)]));
}
