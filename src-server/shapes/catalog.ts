import type { Pool } from "pg";
import { must } from "#shared/kit/must.ts";
import type { Relation } from "./pgoutput.ts";
import { publishedTables } from "./published.ts";
import { sameColumns } from "./relation-fits.ts";
import { readTables, type Table } from "./table.ts";

/** The published tables as the catalog has them, looked up again when the stream announces other columns. */
export class Catalog {
  readonly #pool: Pool;
  #tables = new Map<string, Table>();
  #reading: Promise<void> = Promise.resolve();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** @throws when a table can't be synchronised */
  async load(publication: string, wanted: string[]): Promise<Map<string, Table>> {
    this.#tables = await publishedTables(this.#pool, publication, wanted);
    return this.#tables;
  }

  table(name: string): Table {
    return must(this.#tables.get(name), `published table ${name}`);
  }

  /** Waits until an altered table has been looked up. */
  settled(): Promise<void> {
    return this.#reading;
  }

  announced(relation: Relation): void {
    const table = this.#tables.get(relation.table);
    if (table && !sameColumns(table, relation)) this.#reading = this.#read(relation.table, this.#reading);
  }

  async #read(name: string, before: Promise<void>): Promise<void> {
    await before;
    const query = async <T>(text: string) => (await this.#pool.query(text)).rows as T[];
    // Not to be had at the moment: the next connection announces the table again.
    const found = await readTables(query, "public", [name]).catch(() => null);
    const table = found?.get(name);
    if (table) this.#tables.set(name, table);
  }
}
