import { randomUUID } from "node:crypto";
import type { Transaction } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Member } from "#shared/access/member.ts";
import { must } from "#shared/kit/must.ts";
import type { DB } from "#shared/schema/database.ts";
import { asMember } from "../database/as-member.ts";
import { type TestDatabase, testDatabase } from "../database/test-database.ts";
import { type MarkedOrganization, markedOrganization } from "./marked-world.ts";

// What members may write themselves, tried beyond every limit: handlers check as well, but the database has the last word.

let database: TestDatabase;
let ours: MarkedOrganization;
let theirs: MarkedOrganization;
beforeAll(async () => {
  database = await testDatabase();
  ours = await markedOrganization(database.owner, "north7f3");
  theirs = await markedOrganization(database.owner, "south9c1");
});
afterAll(() => database.drop());

const person = (name: string, of = ours): Member =>
  must(
    of.people.find((p) => p.name === name),
    name,
  ).member;
/** Tries to write, and takes it back: how many rows it would have been. */
async function write(who: Member, work: (tx: Transaction<DB>) => Promise<{ numUpdatedRows?: bigint; numDeletedRows?: bigint; numInsertedOrUpdatedRows?: bigint | undefined }>): Promise<number> {
  let written = 0;
  const back = new Error("taken back");
  await asMember(database.db, who, async (tx) => {
    const done = await work(tx);
    written = Number(done.numUpdatedRows ?? done.numDeletedRows ?? done.numInsertedOrUpdatedRows ?? 0);
    throw back;
  }).catch((error: unknown) => {
    if (error !== back) throw error;
  });
  return written;
} // prettier-ignore
const said = (tried: Promise<unknown>) =>
  tried.then(
    () => "written",
    (error: unknown) => String(error),
  );
const byRows = expect.stringContaining("row-level security") as string;
const refused = /row-level security|permission denied/;

test("managers and administrators set their clinic's service level, and nothing else of it", async () => {
  const [clinic, other] = [ours.clinics[0].id, ours.clinics[1].id];
  const set = (who: Member, id: string) => write(who, (tx) => tx.updateTable("clinics").set({ service_level_seconds: 7 }).where("id", "=", id).executeTakeFirstOrThrow()); // prettier-ignore
  for (const role of ["manager", "clinic_admin", "superadmin"]) expect(await set(person(role), clinic)).toBe(1);
  for (const role of ["supervisor", "viewer", "call_center_agent", "provider", "staff", "board"])
    expect(await set(person(role), clinic)).toBe(0);
  expect(await set(person("manager"), other)).toBe(0);
  expect(await set(person("manager", theirs), clinic)).toBe(0);
  const rename = (tx: Transaction<DB>) => tx.updateTable("clinics").set({ name: "x" }).where("id", "=", clinic).executeTakeFirstOrThrow(); // prettier-ignore
  await expect(write(person("superadmin"), rename)).rejects.toThrow(refused);
});

const role = (clinic: string, user: string, held: string, agent_id: string | null = null) => (tx: Transaction<DB>) =>
  tx.insertInto("user_clinic_roles").values({ id: randomUUID(), user_id: user, clinic_id: clinic, role: held, agent_id }).executeTakeFirstOrThrow(); // prettier-ignore

test("an administrator gives roles in their clinic to people of their organization, and none above their own", async () => {
  const clinic = ours.clinics[0];
  const admin = person("clinic_admin");
  const newcomer = person("of no clinic").userId;
  expect(await write(admin, role(clinic.id, newcomer, "manager"))).toBe(1);
  expect(await write(admin, role(clinic.id, newcomer, "call_center_agent", clinic.agents[0]))).toBe(1);
  expect(await write(person("superadmin"), role(clinic.id, newcomer, "superadmin"))).toBe(1);
  const tries = {
    "a superadmin": [admin, role(clinic.id, newcomer, "superadmin")],
    "in another clinic": [admin, role(ours.clinics[1].id, newcomer, "staff")],
    "in another organization": [admin, role(theirs.clinics[0].id, newcomer, "staff")],
    "to somebody of another organization": [admin, role(clinic.id, person("of no clinic", theirs).userId, "staff")],
    "with another clinic's agent": [admin, role(clinic.id, newcomer, "staff", theirs.clinics[0].agents[0])],
    "by a manager": [person("manager"), role(clinic.id, newcomer, "staff")],
    "by a stranger": [person("superadmin", theirs), role(clinic.id, newcomer, "staff")],
  } as const;
  for (const [what, [who, work]] of Object.entries(tries))
    expect({ what, said: await said(write(who, work)) }).toEqual({ what, said: byRows });
});

test("an administrator changes roles of their clinic, but no superadmin's, and makes none of one", async () => {
  const clinic = ours.clinics[0].id;
  const change = (user: Member, held: string) => (tx: Transaction<DB>) =>
    tx.updateTable("user_clinic_roles").set({ role: held }).where("user_id", "=", user.userId).where("clinic_id", "=", clinic).executeTakeFirstOrThrow(); // prettier-ignore
  const [admin, supervisor, superadmin] = [person("clinic_admin"), person("supervisor"), person("superadmin")];
  expect(await write(admin, change(supervisor, "viewer"))).toBe(1);
  expect(await write(admin, change(superadmin, "viewer"))).toBe(0);
  await expect(write(admin, change(supervisor, "superadmin"))).rejects.toThrow("row-level security");
  expect(await write(superadmin, change(superadmin, "viewer"))).toBe(1);
  expect(await write(supervisor, change(supervisor, "manager"))).toBe(0);
  expect(await write(person("superadmin", theirs), change(supervisor, "viewer"))).toBe(0);
  const moved = (tx: Transaction<DB>) => tx.updateTable("user_clinic_roles").set({ clinic_id: theirs.clinics[0].id }).executeTakeFirstOrThrow(); // prettier-ignore
  await expect(write(superadmin, moved)).rejects.toThrow(refused);
});

test("locations and their staff, terms and retention are the administrators' of the clinic", async () => {
  const [clinic, other] = ours.clinics;
  const somebody = person("viewer").userId;
  const staff =
    (clinic_id: string, location_id: string, user_id = somebody) =>
    (tx: Transaction<DB>) =>
      tx.insertInto("location_staff").values({ clinic_id, location_id, user_id }).executeTakeFirstOrThrow();
  const works: Record<string, (tx: Transaction<DB>) => Promise<object>> = {
    location: (tx) => tx.insertInto("locations").values({ id: randomUUID(), clinic_id: clinic.id, name: "New" }).executeTakeFirstOrThrow(),
    staff: staff(clinic.id, must(clinic.locations[0], "a location")),
    terms: (tx) => tx.insertInto("clinic_security").values({ clinic_id: clinic.id, idle_minutes: 5 }).onConflict((c) => c.column("clinic_id").doUpdateSet({ idle_minutes: 5 })).executeTakeFirstOrThrow(),
    retention: (tx) => tx.insertInto("retention_rules").values({ clinic_id: clinic.id, subject: "calls", days: 99 }).onConflict((c) => c.columns(["clinic_id", "subject"]).doUpdateSet({ days: 99 })).executeTakeFirstOrThrow(),
  }; // prettier-ignore
  for (const [what, work] of Object.entries(works)) {
    expect({ what, written: await write(person("clinic_admin"), work) }).toEqual({ what, written: 1 });
    for (const who of [person("manager"), person("board"), person("of the other clinic"), person("superadmin", theirs)])
      expect({ what, said: await said(write(who, work)) }).toEqual({ what, said: byRows });
  }
  const admin = person("clinic_admin");
  const location = must(clinic.locations[0], "a location");
  for (const work of [
    staff(other.id, location),
    staff(clinic.id, must(other.locations[0], "a location")),
    staff(clinic.id, must(theirs.clinics[0].locations[0], "a location")),
    staff(clinic.id, location, person("viewer", theirs).userId),
  ])
    await expect(write(admin, work)).rejects.toThrow("row-level security");
  // Everything there is, asked to go: only the clinic's own does.
  const held = await database.system
    .selectFrom("location_staff")
    .where("clinic_id", "=", clinic.id)
    .select("id")
    .execute();
  expect(await write(admin, (tx) => tx.deleteFrom("location_staff").executeTakeFirstOrThrow())).toBe(held.length);
});

test("numbers are mapped within one clinic, by who configures its phone systems", async () => {
  const clinic = ours.clinics[0];
  const map = (source_id: string, agent_id: string | undefined, clinic_id = clinic.id) => (tx: Transaction<DB>) =>
    tx.insertInto("agent_extensions").values({ id: randomUUID(), clinic_id, source_id, agent_id: agent_id ?? "", extension: "777" }).executeTakeFirstOrThrow(); // prettier-ignore
  const own = map(clinic.source, clinic.agents[1]);
  expect(await write(person("clinic_admin"), own)).toBe(1);
  for (const who of [person("manager"), person("viewer"), person("superadmin", theirs)])
    await expect(write(who, own)).rejects.toThrow(refused);
  for (const work of [
    map(clinic.source, theirs.clinics[0].agents[0]),
    map(clinic.source, ours.clinics[1].agents[0]),
    map(theirs.clinics[0].source, clinic.agents[0]),
    map(theirs.clinics[0].source, theirs.clinics[0].agents[0], theirs.clinics[0].id),
  ])
    await expect(write(person("clinic_admin"), work)).rejects.toThrow("row-level security");
  const order = (tx: Transaction<DB>) =>
    tx.updateTable("call_sources").set({ field_order: null }).executeTakeFirstOrThrow();
  expect(await write(person("clinic_admin"), order)).toBe(1);
  await expect(write(person("manager"), order)).rejects.toThrow("permission denied");
});

test("writers of the same row at once wait for one another, and none is turned away", async () => {
  const clinic = ours.clinics[0].id;
  const admin = person("clinic_admin");
  const set = (days: number) =>
    asMember(database.db, admin, (tx) =>
      tx.updateTable("retention_rules").set({ days }).where("clinic_id", "=", clinic).executeTakeFirstOrThrow(),
    );
  const done = await Promise.all(Array.from({ length: 20 }, (_, n) => set(90 + n)));
  expect(done.every(({ numUpdatedRows }) => numUpdatedRows === 1n)).toBe(true);
});
