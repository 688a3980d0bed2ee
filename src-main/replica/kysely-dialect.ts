import {
  CompiledQuery, type DatabaseConnection, type Dialect, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type QueryResult,
} from "kysely"; // prettier-ignore
import type { DB } from "#shared/schema/database.ts";
import type { Replica } from "./open-replica.ts";

/** Kysely over the replica's thread. For questions: its one connection is shared, so there are no transactions here. */
export function replicaKysely(replica: Pick<Replica, "query">): Kysely<DB> {
  const refuse = (): never => {
    throw new Error("The replica is asked single questions: transactions belong into its worker.");
  };
  const connection: DatabaseConnection = {
    executeQuery: async <R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> => {
      const { rows, affected } = await replica.query(sql, parameters);
      return { rows: rows as R[], numAffectedRows: BigInt(affected) };
    },
    streamQuery: refuse,
  };
  const done = async () => {};
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createDriver: () => ({
      init: done,
      acquireConnection: async () => connection,
      beginTransaction: async () => refuse(),
      commitTransaction: done,
      rollbackTransaction: done,
      releaseConnection: done,
      destroy: done,
    }),
  };
  return new Kysely<DB>({ dialect });
}
