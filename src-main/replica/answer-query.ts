import type { PGlite } from "@electric-sql/pglite";
import type { FromWorker, ToWorker } from "./protocol.ts";

/** Runs one question. An error of PostgreSQL is an answer; anything else is the replica breaking down, and is thrown. */
export async function answerQuery(
  pg: PGlite,
  { id, sql, parameters }: Extract<ToWorker, { kind: "query" }>,
): Promise<FromWorker> {
  try {
    const { rows, affectedRows } = await pg.query(sql, parameters);
    return { kind: "rows", id, rows, affected: affectedRows ?? 0 };
  } catch (error) {
    const { code } = error as { code?: unknown };
    // Class 58 is a system's error (a damaged file), 53 the lack of room, XX an inner one.
    const fatal = typeof code !== "string" || /^(58|53|XX)/.test(code);
    if (fatal && !(error instanceof TypeError)) throw error;
    return {
      kind: "error",
      id,
      message: error instanceof Error ? error.message : String(error),
      code: typeof code === "string" ? code : null,
    };
  }
}
