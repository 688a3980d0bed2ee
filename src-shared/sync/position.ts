/**
 * How far a shape has come. `handle` and `offset` are the server's words for it; `within` counts the messages of the answer
 * after `offset` that are applied already; `refetching` says that rows of an earlier handle may still be held, `purging` that some of
 * them may be rows that the person is no longer entitled to.
 */
export type Position = { handle: string | null; offset: string; within: number; refetching: boolean; purging: boolean };

/** Nothing fetched yet. */
export const beginning: Position = { handle: null, offset: "-1", within: 0, refetching: false, purging: false };

/** After some messages of an answer, when more of it are to come. */
export const inside = (at: Position, handle: string, within: number): Position => ({ ...at, handle, within });

/** After a whole answer. */
export const after = (at: Position, answer: { handle: string; offset: string }): Position => ({
  handle: answer.handle,
  offset: answer.offset,
  within: 0,
  refetching: at.refetching,
  purging: at.purging,
});

/** Everything is fetched, and what did not come back is gone. */
export const swept = (at: Position): Position => ({ ...at, refetching: false, purging: false });

/**
 * The server knows this handle no more: everything again, beside the rows that are held, under the handle it names.
 * A shape of which nothing was applied yet has no rows to keep apart. `access`: because the person may hold other rows now; that a
 * shape is fetched anew once more for another reason doesn't make that undone.
 */
export function anew(at: Position, successor: string | null, access: boolean): Position {
  const refetching = at.refetching || at.offset !== "-1" || at.within > 0;
  return { handle: successor, offset: "-1", within: 0, refetching, purging: refetching && (at.purging || access) };
}
