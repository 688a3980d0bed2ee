import { type CustomTypesConfig, Pool, types as defaults } from "pg";
import { parsers } from "#shared/schema/parsers.ts";

const parserOf: (oid: number, format?: "text" | "binary") => (text: string) => unknown = defaults.getTypeParser;

/** The parser table that both engines share, in the form `pg` wants it. */
export const types: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    (format !== "binary" && parsers[oid]) || parserOf(oid, format)) as typeof parserOf,
};

/** Settings of every session: text of values must not depend on the machine. */
export const sessionOptions =
  "-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=iso_8601 -c extra_float_digits=1 -c bytea_output=hex";

/** What connections run as (src-server/policy/001-roles.sql); without a role they are the account of the URL, the owner. */
type ConnectionRole = "careboard_nobody" | "careboard_server";

export function openPool(url: string, max = 10, role?: ConnectionRole): Pool {
  const pool = new Pool({
    connectionString: url,
    max,
    types,
    options: role ? `${sessionOptions} -c role=${role}` : sessionOptions,
    application_name: "careboard",
  });
  // An idle connection that PostgreSQL ends (a restart) is replaced by the next query: nothing to do, nothing to crash for.
  pool.on("error", () => {});
  return pool;
}
