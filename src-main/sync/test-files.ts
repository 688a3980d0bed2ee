import type { TestReplica } from "../replica/test-replica.ts";

/** Which of a replica's files hold a text, read as who has the key reads them. */
export async function filesHold(replica: Pick<TestReplica, "rows">, text: string): Promise<string[]> {
  // What is in memory only is on its way to the files.
  await replica.rows("checkpoint");
  const found = await replica.rows<{ path: string }>(
    `with recursive files as (
       select name as path, s.isdir, s.size from pg_ls_dir('.') name, pg_stat_file(name, true) s
       union all
       select f.path || '/' || name, s.isdir, s.size from files f, pg_ls_dir(f.path) name, pg_stat_file(f.path || '/' || name, true) s
       where f.isdir
     )
     select path from files
     where not isdir and size > 0 and position(convert_to($1, 'UTF8') in pg_read_binary_file(path, true)) > 0 order by 1`,
    [text],
  );
  return found.map((f) => f.path);
}
