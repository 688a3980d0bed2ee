/**
 * How far a shape has come. `handle` and `offset` are the server's words for it; `within` counts the messages of the answer
 * after `offset` that are applied already; `refetching` says that rows of an earlier handle may still be held.
 */
export type Position = { handle: string | null; offset: string; within: number; refetching: boolean };

/** Nothing fetched yet. */
export const beginning: Position = { handle: null, offset: "-1", within: 0, refetching: false };

/** After some messages of an answer, when more of it are to come. */
export const inside = (at: Position, handle: string, within: number): Position => ({ ...at, handle, within });

/** After a whole answer. */
export const after = (at: Position, answer: { handle: string; offset: string }): Position => ({
  handle: answer.handle,
  offset: answer.offset,
  within: 0,
  refetching: at.refetching,
});

/**
 * The server knows this handle no more: everything again, beside the rows that are held, under the handle it names.
 * A shape of which nothing was applied yet has no rows to keep apart.
 */
export const anew = (at: Position, successor: string | null): Position => ({
  handle: successor,
  offset: "-1",
  within: 0,
  refetching: at.refetching || at.offset !== "-1" || at.within > 0,
});
