import { sql } from "kysely";
import { escapeIdentifier } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TableAccess, type TableName, tableAccess } from "#shared/access/table-access.ts";
import { shapesOf } from "#shared/access/shapes-of.ts";
import { shapeName } from "#shared/contract/sync.ts";
import { must } from "#shared/kit/must.ts";
import { asMember } from "../database/as-member.ts";
import { memberRole } from "../database/member-role.ts";
import { type TestDatabase, testDatabase } from "../database/test-database.ts";
import { holds } from "../shapes/definition.ts";
import { definitionFor } from "../shapes/gatekeeper.ts";
import { filterSql } from "../shapes/snapshot-sql.ts";
import { readTables } from "../shapes/table.ts";
import { type MarkedOrganization, markedOrganization } from "./marked-world.ts";
import { readable, type Row, shown, type World } from "./oracle.ts";

// The one table of access, held against what PostgreSQL and the gatekeeper really do: every table, column and role of the catalogue.

const tables = Object.keys(tableAccess) as TableName[];
const accessOf = (name: TableName): TableAccess => tableAccess[name];
/** Of the server's own doing: no member, and not even the server, reads it. */
const ofNobody = ["careboard_migrations"];
const views = ["call_facts"];
const memberRoles = ["careboard_member", "careboard_names", "careboard_callers", "careboard_sources"];

let database: TestDatabase;
let organizations: MarkedOrganization[];
/** Every row of every table, and the types of columns, as the owner sees them. */
const rows = {} as Record<TableName, Row[]>;
let columns: Map<string, string[]>;
beforeAll(async () => {
  database = await testDatabase();
  organizations = [
    await markedOrganization(database.owner, "north7f3"),
    await markedOrganization(database.owner, "south9c1"),
  ];
  for (const name of tables) rows[name] = (await database.owner.query<Row>(`select * from ${name}`)).rows;
  const catalogue = await database.owner.query<{ name: string; columns: string[] }>(
    `select relname::text as name, array_agg(attname::text order by attnum) as columns from pg_class join pg_attribute on attrelid = pg_class.oid
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and attnum > 0 and not attisdropped group by 1`,
  );
  columns = new Map(catalogue.rows.map((row) => [row.name, row.columns]));
});
afterAll(() => database.drop());

const world = (): World => ({ calls: rows.calls, user_clinic_roles: rows.user_clinic_roles, sessions: rows.sessions });
const seenBy = (name: TableName, who: MarkedOrganization["people"][number]["member"], desk = false): Row[] => {
  const { rows: rules, deskRows } = accessOf(name);
  return rows[name].filter((row) =>
    shown(desk ? (deskRows ?? rules) : rules, row, who, world(), tableAccess.calls.rows),
  );
};
/** Rows with these columns alone, in an order of their own. */
const sorted = (of: Row[], wanted: string[]) =>
  of.map((row) => JSON.stringify(wanted.map((column) => row[column]))).sort();

test("every table and column of the catalogue stands in the table of access, once", () => {
  expect([...columns.keys()].sort()).toEqual([...tables, ...ofNobody].sort());
  for (const name of tables) {
    const { desk = [], server = [], hidden = [], need = {} } = accessOf(name);
    expect({ name, columns: [...desk, ...server, ...hidden].sort() }).toEqual({
      name,
      columns: [...(columns.get(name) ?? [])].sort(),
    });
    expect([...desk, ...server]).toEqual(expect.arrayContaining(Object.keys(need)));
  }
  expect(tables).toEqual(expect.arrayContaining(shapeName.options));
});

test("every table holds rows of both organizations, so that leaving one out would be seen", () => {
  for (const name of tables) expect({ name, rows: rows[name].length > 1 }).toEqual({ name, rows: true });
});

test("nothing is anybody's: no policy, grant or function for PUBLIC, row-level security everywhere, and views that ask as their caller", async () => {
  const { owner } = database;
  const count = async (query: string) => (await owner.query<{ name: string }>(query)).rows.map((row) => row.name);
  expect(await count("select policyname::text as name from pg_policies where 'public' = any (roles)")).toEqual([]);
  expect(
    await count(
      `select relname::text as name from pg_class, aclexplode(relacl) a where relnamespace = 'public'::regnamespace and a.grantee = 0
       union all select proname::text from pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner))) a
         where pronamespace = 'public'::regnamespace and a.grantee = 0
       union all select nspname::text from pg_namespace, aclexplode(nspacl) a where nspname = 'public' and a.grantee = 0`,
    ),
  ).toEqual([]);
  expect(
    await count(
      "select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relrowsecurity",
    ),
  ).toEqual([]);
  expect(
    await count(
      "select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')",
    ),
  ).toEqual(views);
  expect(
    await count(
      "select relname::text as name from pg_class where relname = 'call_facts' and 'security_invoker=true' = any (reloptions)",
    ),
  ).toEqual(views);
});

describe.each([0, 1])("people of organization %i", (n) => {
  const people = () => must(organizations[n], "an organization").people;

  test("see the rows and columns that the table of access says, of every table", async () => {
    for (const { name: person, member } of people()) {
      const seen = await asMember(database.db, member, async (tx) => {
        const answers: Record<string, Row[]> = {};
        for (const name of tables) {
          const wanted = readable(accessOf(name), member, "server");
          if (wanted.length === 0) continue;
          const list = sql.join(wanted.map((column) => sql.ref(column)));
          answers[name] = (await sql<Row>`select ${list} from ${sql.table(name)}`.execute(tx)).rows;
        }
        return answers;
      });
      for (const name of tables) {
        const wanted = readable(accessOf(name), member, "server");
        expect({ person, name, rows: sorted(seen[name] ?? [], wanted) }).toEqual({
          person,
          name,
          rows: wanted.length === 0 ? [] : sorted(seenBy(name, member), wanted),
        });
      }
    }
  });

  test("hold the rows and columns that the table of access says, of every shape", async () => {
    const catalogue = await readTables(
      async (text) => (await database.owner.query(text)).rows,
      "public",
      shapeName.options,
    );
    for (const { name: person, member } of people())
      for (const name of shapeName.options) {
        const { columns: held, filter } = definitionFor(name, member, "default");
        const expected = sorted(seenBy(name, member, true), held);
        expect({ person, name, held }).toEqual({ person, name, held: readable(accessOf(name), member, "desk") });
        const table = must(catalogue.get(name), name);
        const snapshot = await database.systemPool.query<Row>(
          `select * from ${name} where ${filterSql(filter, table)}`,
        );
        expect({ person, name, rows: sorted(snapshot.rows, held) }).toEqual({ person, name, rows: expected });
        const told = rows[name].filter((row) => holds(filter, (column) => row[column] as string | null));
        expect({ person, name, rows: sorted(told, held) }).toEqual({ person, name, rows: expected });
        // What is no shape of theirs has no row; what is one may still be empty.
        const followed = shapesOf(member.roles).includes(name);
        expect({ person, name, sees: followed && expected.length > 0 }).toEqual({
          person,
          name,
          sees: expected.length > 0,
        });
      }
  });

  test("add up nothing in call_facts but the calls that they see", async () => {
    for (const { name: person, member } of people()) {
      const facts = await asMember(database.db, member, (tx) =>
        tx.selectFrom("call_facts").select(["clinic_id", "location_id", "agent_id"]).execute(),
      );
      const wanted = ["clinic_id", "location_id", "agent_id"];
      expect({ person, facts: sorted(facts, wanted) }).toEqual({
        person,
        facts: sorted(seenBy("calls", member), wanted),
      });
    }
  });
});

test("a column that isn't somebody's to read is refused by its name, for each of the database's roles", async () => {
  const byRole = new Map(organizations.flatMap((o) => o.people.map(({ member }) => [memberRole(member), member])));
  expect([...byRole.keys()].sort()).toEqual([...memberRoles].sort());
  for (const [role, member] of byRole)
    for (const name of tables) {
      const may = readable(accessOf(name), member, "server");
      const { rows: refused } = await database.owner.query<{ column: string }>(
        "select column_name as column from unnest($3::text[]) column_name where not has_column_privilege($1, $2, column_name, 'select')",
        [role, name, columns.get(name)],
      );
      expect({ role, name, refused: refused.map((r) => r.column).sort() }).toEqual({
        role,
        name,
        refused: (columns.get(name) ?? []).filter((column) => !may.includes(column)).sort(),
      });
      for (const { column } of refused)
        await expect(
          asMember(database.db, member, (tx) => sql`select ${sql.ref(column)} from ${sql.table(name)}`.execute(tx)),
        ).rejects.toThrow("permission denied");
    }
});

test("members write what administration writes, and nothing else; the server never changes the audit log", async () => {
  const { rows: held } = await database.owner.query<{ role: string; table: string; does: string[] }>(
    `select r.role, c.relname::text as table, array_agg(p order by p) as does
     from unnest($1::text[]) r (role), pg_class c, unnest(array['insert', 'update', 'delete', 'truncate', 'references', 'trigger']) p
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
       and (has_table_privilege(r.role, c.oid, p) or (p in ('insert', 'update') and has_any_column_privilege(r.role, c.oid, p)))
     group by 1, 2`,
    [[...memberRoles, "careboard_server", "careboard_nobody"]],
  );
  const writes = (role: string) =>
    Object.fromEntries(held.filter((h) => h.role === role).map(({ table, does }) => [table, does.join(" ")]));
  const ofMembers = {
    clinics: "update",
    locations: "insert update",
    user_clinic_roles: "insert update",
    location_staff: "delete insert update",
    clinic_security: "insert update",
    retention_rules: "insert update",
  };
  for (const role of ["careboard_member", "careboard_names", "careboard_callers"])
    expect(writes(role)).toEqual(ofMembers);
  expect(writes("careboard_sources")).toEqual({
    ...ofMembers,
    call_sources: "update",
    agent_extensions: "delete insert update",
    queue_numbers: "delete insert update",
  });
  expect(writes("careboard_nobody")).toEqual({});
  const rollups = ["calls_by_hour", "calls_by_agent", "calls_by_type", "calls_by_queue"];
  expect(writes("careboard_server")).toEqual({
    ...Object.fromEntries(tables.filter((t) => !rollups.includes(t)).map((t) => [t, "delete insert update"])),
    audit_log: "insert",
  });
});

test("no connection that forgot asMember() sees anything anywhere", async () => {
  for (const name of [...tables, ...ofNobody, ...views])
    await expect(database.pool.query(`select from public.${escapeIdentifier(name)}`)).rejects.toThrow(
      "permission denied",
    );
  // Nor does one that became a member's role without saying whose.
  const everything = { roles: [{ clinicId: "", role: "superadmin" as const, agentId: null, locationIds: [] }] };
  for (const name of tables.filter((table) => readable(accessOf(table), everything, "server").length > 0)) {
    const client = await database.pool.connect();
    try {
      await client.query("begin; set local role careboard_sources");
      const wanted = readable(accessOf(name), everything, "server").join(", ");
      expect({ name, rows: (await client.query(`select ${wanted} from ${name}`)).rows }).toEqual({ name, rows: [] });
    } finally {
      await client.query("rollback");
      client.release();
    }
  }
});

test("role and claims end with the transaction", async () => {
  const { member } = must(organizations[0]?.people[0], "a person");
  for (let turn = 0; turn < 12; turn++) {
    await asMember(database.db, member, (tx) => tx.selectFrom("clinics").select("id").execute());
    const { rows: held } = await database.pool.query<{ who: string; claims: string | null }>(
      "select current_user::text as who, current_setting('careboard.claims', true) as claims",
    );
    expect(held[0]?.who).toBe("careboard_nobody");
    expect(held[0]?.claims ?? "").toBe("");
  }
});
