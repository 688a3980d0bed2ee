import { expect, test } from "vitest";
import { databaseForTest } from "../database/test-database.ts";
import { verifyPassword } from "../identity/password.ts";
import { addDays, localDay } from "./calendar.ts";
import { demoClinics } from "./demo-plan.ts";
import { clinicId } from "./fill-clinics.ts";
import { fillDemo } from "./fill-demo.ts";
import { admitDemoPeople } from "./fill-people.ts";
import { simulateDay } from "./simulate-day.ts";

type Test = Awaited<ReturnType<typeof databaseForTest>>;
const noon = new Date("2026-11-18T17:00:00Z");
const opened = (test: Test) => ({ ...test, close: test.drop });
const fill = (test: Test, days: number, now: Date) => fillDemo(opened(test), { days, now, log: () => {} });
const calls = async ({ systemPool }: Test) =>
  (await systemPool.query<{ call_id: string; local_day: string }>("select call_id, local_day from calls order by 2, 1"))
    .rows;

test("no days make clinics and people who can sign in, and no call", async () => {
  const database = await databaseForTest();
  await fill(database, 0, noon);
  await fill(database, 0, noon);
  expect(await calls(database)).toEqual([]);
  const people = await database.systemPool.query<{
    email: string;
    password_hash: string;
    role: string;
    clinics: number;
  }>(
    `select email, password_hash, min(role) as role, count(*) as clinics from users
     join user_credentials on user_credentials.user_id = users.id join user_clinic_roles r on r.user_id = users.id
     group by 1, 2 order by email collate "C"`,
  );
  expect(people.rows).toHaveLength(20);
  const supervisor = people.rows.find((row) => row.email === "supervisor@brightside.example");
  expect(supervisor).toMatchObject({ role: "supervisor", clinics: 2 });
  expect(await verifyPassword("careboard-demo", supervisor?.password_hash ?? null)).toBe(true);
  const { rows } = await database.systemPool.query<{ display_name: string }>(
    `select agents.display_name from users join user_clinic_roles r on r.user_id = users.id join agents on agents.id = r.agent_id
     where email = 'agent@brightside.example'`,
  );
  expect(rows).toEqual([{ display_name: "Ana Ruiz" }]);
  const { rows: staff } = await database.systemPool.query<{ email: string; locations: number; clinics: number }>(
    `select email, count(*) as locations, count(distinct clinic_id) as clinics from users join location_staff on user_id = users.id
     where email like '%@brightside.example' group by 1 order by 1`,
  );
  expect(staff).toEqual([
    { email: "lead@brightside.example", locations: 1, clinics: 1 },
    { email: "supervisor@brightside.example", locations: 3, clinics: 2 },
  ]);
  const { rows: boards } = await database.systemPool.query<{ email: string }>(
    "select email from users where kind = 'board' order by 1",
  );
  expect(boards.map((row) => row.email)).toEqual(["board@brightside.example", "board@lakeview.example"]);
});

test("without people there is nobody with the known password", async () => {
  const database = await databaseForTest();
  await fillDemo(opened(database), { days: 0, now: noon, people: false, log: () => {} });
  expect((await database.systemPool.query("select 1 from users")).rowCount).toBe(0);
});

test("the calls in the database are those that were made up, each with the ending it had", async () => {
  const database = await databaseForTest();
  await fill(database, 4, noon);
  for (const clinic of demoClinics) {
    const day = addDays(localDay(noon, clinic.timeZone), -2);
    const made = simulateDay(1, clinic, day);
    const { rows } = await database.systemPool.query<{ status: string; count: number }>(
      `select call_direction || ' ' || call_status as status, count(*) as count from calls
       where clinic_id = $1 and local_day = $2 group by 1`,
      [clinicId(clinic), day],
    );
    const held = Object.fromEntries(rows.map((row) => [row.status, row.count]));
    const answered = made.filter((c) => c.direction === "inbound" && ["answered", "transferred"].includes(c.ending));
    // The odd lines of a day add a handful: a conference, a failed transfer, two answered calls.
    expect(held["inbound answered"]).toBeGreaterThanOrEqual(answered.length);
    expect(held["inbound answered"]).toBeLessThanOrEqual(answered.length + 2);
    expect(held["inbound voicemail"] ?? 0).toBe(made.filter((c) => c.ending === "voicemail").length);
    expect(Object.values(held).reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(made.length);
  }
  const unassigned = await database.systemPool.query(
    "select 1 from calls where agent_id is null and agent_extension is not null",
  );
  expect(unassigned.rowCount).toBeGreaterThan(0);
});

test("a second start adds nothing, a later one what has ended since, and no call lies in the future", async () => {
  const database = await databaseForTest();
  await fill(database, 2, noon);
  const first = await calls(database);
  expect(first.length).toBeGreaterThan(0);
  expect(await fill(database, 2, noon)).toEqual({ lines: 0, rejected: 0 });
  const { rows } = await database.systemPool.query<{ future: number }>(
    "select count(*) as future from calls where call_end_time > $1",
    [noon],
  );
  expect(rows[0]?.future).toBe(0);

  const twoDaysLater = new Date(noon.getTime() + 2 * 86_400_000);
  await fill(database, 4, twoDaysLater);
  const later = await calls(database);
  expect(later.length).toBeGreaterThan(first.length);
  const fresh = await databaseForTest();
  await fill(fresh, 4, twoDaysLater);
  // Filled in two steps or in one: the same calls.
  expect(later).toEqual(await calls(fresh));
});

test("lines that nobody can read are on the rejected list", async () => {
  const database = await databaseForTest();
  const { rejected } = await fill(database, 2, new Date("2026-11-13T17:00:00Z"));
  expect(rejected).toBe(demoClinics.length);
});

test("a server that is no demo any more keeps the demo people out, and a demo lets them in again", async () => {
  const database = await databaseForTest();
  await fill(database, 0, noon);
  const active = async () =>
    (await database.systemPool.query<{ n: number }>("select count(*) as n from users where active")).rows[0]?.n;
  await admitDemoPeople(database.system, false);
  expect(await active()).toBe(0);
  await admitDemoPeople(database.system, true);
  expect(await active()).toBe(20);
});
