import type { PGlite, Transaction } from "@electric-sql/pglite";
import { type ShapeName, shapeName } from "#shared/contract/sync.ts";
import type { Change } from "#shared/sync/fold-changes.ts";
import { must } from "#shared/kit/must.ts";
import { after, anew, inside, swept } from "#shared/sync/position.ts";
import type { Turns } from "../replica/turns.ts";
import { countOf, type Messages } from "./ask-shape.ts";
import { textOf } from "./encoded-rows.ts";
import { type Held, isHeld, nothingHeld, readHeld, writeHeld } from "./held-shapes.ts";
import { emptyShape } from "./empty-shape.ts";
import { readMark, writeWiped } from "./purge-mark.ts";
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
  /** The handle is unknown to the server: the shape starts again beside its rows. `access`: because the person may hold others now. */
  restart: (shape: ShapeName, successor: string | null, access: boolean) => Promise<void>;
  /** From now on the replica consists of these shapes; the rows of all others leave. Nothing may be followed meanwhile. */
  consistOf: (shapes: readonly ShapeName[]) => Promise<void>;
  /** What `consistOf` was interrupted in, after a crash. */
  leaveOthers: () => Promise<void>;
  /** So many of the rows that left a shape are in no file any more. */
  wiped: (rows: ReadonlyMap<ShapeName, number>) => Promise<void>;
  /** How many purges were carried through to the files. */
  mark: () => number;
  expect: (shape: ShapeName, rows: number) => void;
  /** Writes down when each shape was last up to date. */
  rest: () => Promise<void>;
};

/** What a transaction did to rows; see `Held` for the last two. */
type Done = { different: number; removed?: number; unwiped?: number };

type Options = { pg: PGlite; turns: Turns; onCommit: (shape: ShapeName, different: number) => void };

/** An up-to-date without rows is written down this often: it costs a commit, and all that hangs on it is "data as of" after a restart. */
const betweenNotes = 10_000;

export async function createApplier({ pg, turns, onCommit }: Options): Promise<Applier> {
  const all = await readHeld(pg);
  const columns = await readColumns(pg);
  const sizes = createSliceSize();
  const noted = new Map<ShapeName, number>();
  let mark = await readMark(pg);
  const held = (shape: ShapeName): Held => must(all.get(shape), `what is held of ${shape}`);

  /** One transaction: work on rows, and the position that says so. */
  async function commit(shape: ShapeName, next: () => Held, work: (tx: Transaction) => Promise<Done>) {
    const different = await turns.write(() =>
      pg.transaction(async (tx) => {
        const { different, removed = 0, unwiped = 0 } = await work(tx);
        const now = next();
        const moved: Held = {
          ...now,
          revision: held(shape).revision + (different > 0 ? 1 : 0),
          removed: held(shape).removed + removed,
          unwiped: held(shape).unwiped + unwiped,
        };
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
          if (of !== null) {
            await writeEncoded(tx, shape, of, encoded);
            return { different: taken };
          }
          const { different, shortened } = await writeRows(tx, shape, slice, modeOf(before), columns);
          return { different, unwiped: shortened };
        }); // prettier-ignore
        sizes.took(taken, performance.now() - began);
      }
    }
    if (stopped()) return;
    if (finishes(held(shape), last)) {
      const { purging } = held(shape).position;
      const gone = (rows: number): Done => ({ different: rows, removed: purging ? rows : 0, unwiped: rows });
      await sweep(shape, (work) => commit(shape, () => held(shape), async (tx) => gone(await work(tx)))); // prettier-ignore
      const position = swept(after(held(shape).position, last));
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
      async () => ({ different: 0 }),
    );

  const leave = (shape: ShapeName) =>
    commit(shape, () => nothingHeld, async (tx) => {
      const rows = await emptyShape(tx, shape);
      await forget(shape)(tx);
      return { different: rows, removed: rows, unwiped: rows };
    }); // prettier-ignore

  async function leaveOthers(): Promise<void> {
    // A replica that was never told what it consists of is left as it is.
    if (![...all.values()].some((h) => h.followed)) return;
    for (const [shape, now] of all) if (!now.followed && isHeld(now)) await leave(shape);
  }

  return {
    held,
    apply,
    appetite: (shape) => (held(shape).rowsFetched === 0 ? 1 : sizes.next(turns.sinceRead())),
    encodable: (shape) => (modeOf(held(shape)) === "first" ? (columns.get(shape)?.known ?? null) : null),
    consistOf: async (shapes) => {
      const next = shapeName.options.map((name) => [name, { ...held(name), followed: shapes.includes(name) }] as const);
      // All at once, so that a crash in the middle of what follows is gone on with.
      await turns.write(() => pg.transaction(async (tx) => {
        for (const [name, now] of next) await writeHeld(tx, name, now);
      })); // prettier-ignore
      for (const [name, now] of next) all.set(name, now);
      await leaveOthers();
    },
    leaveOthers,
    wiped: async (rows) => {
      await turns.write(async () => {
        mark = await writeWiped(pg, rows);
        for (const [shape, count] of rows) all.set(shape, { ...held(shape), unwiped: held(shape).unwiped - count });
      });
      for (const shape of rows.keys()) onCommit(shape, 0);
    },
    mark: () => mark,
    restart: async (shape, successor, access) => {
      const before = held(shape);
      const position = anew(before.position, successor, access);
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
  return { different: 0 };
};

async function readColumns(pg: PGlite): Promise<Columns> {
  const { rows } = await pg.query<{ name: string; known: string[]; emptied: string[] | null }>(
    `select table_name::text as name, array_agg(column_name::text) as known,
       array_agg(column_name::text) filter (where is_nullable = 'YES') as emptied
     from information_schema.columns where table_schema = 'public' and is_generated = 'NEVER' group by 1`,
  );
  return new Map(rows.map(({ name, known, emptied }) => [name, { known: new Set(known), emptied: emptied ?? [] }]));
}
