import { type RawBuilder, sql } from "kysely";

/**
 * The sums of several columns as one text. Each value that leaves the replica costs more than adding it up did: a year
 * by day with its buckets takes 14 ms instead of 35 this way.
 */
export const addedUp = (columns: readonly string[]): RawBuilder<string> =>
  sql`concat_ws(',', ${sql.join(columns.map((c) => sql`sum(${sql.ref(`s.${c}`)})`))})`;

/** What `addedUp` gave, in the order of the columns. */
export const numbersOf = (text: string): number[] => text.split(",").map(Number);
