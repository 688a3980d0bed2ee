import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { authenticate } from "./authenticate.ts";
import { deviceForTest, from, password, peopleForTest } from "./people-for-test.ts";
import { signIn } from "./sign-in.ts";
import { standingOf } from "./standing.ts";
import { signToken } from "./token.ts";

async function signedInAs(...given: Parameters<Awaited<ReturnType<typeof peopleForTest>>["person"]>) {
  const people = await peopleForTest();
  const who = await people.person(...given);
  const begun = await signIn(people.identity, { email: who.email, password }, from);
  if (begun.step !== "signedIn") throw new Error(begun.step);
  const roles = async () => {
    const standing = await standingOf(people.system, begun.sessionId);
    if (standing.is !== "member") throw new Error(standing.is);
    return standing.member.roles;
  };
  const setRole = (values: Record<string, unknown>) =>
    people.system.updateTable("user_clinic_roles").set(values).where("user_id", "=", who.id).execute();
  return { ...people, who, begun, roles, setRole };
}

test("a role counts between its two ends, at this moment", async () => {
  const { roles, setRole } = await signedInAs("manager");
  expect(await roles()).toHaveLength(1);
  await setRole({ valid_from: sql`now() - interval '1 hour'`, valid_until: sql`now() + interval '1 hour'` });
  expect(await roles()).toHaveLength(1);
  await setRole({ valid_until: sql`now()` });
  expect(await roles()).toEqual([]);
  await setRole({ valid_from: sql`now() + interval '1 minute'`, valid_until: null });
  expect(await roles()).toEqual([]);
  await setRole({ valid_from: null, active: false });
  expect(await roles()).toEqual([]);
});

test("a superadmin of one clinic is one in all of the organization, and in none of another", async () => {
  const { roles, organization, other } = await signedInAs("superadmin");
  expect((await roles()).map((r) => [r.clinicId, r.role])).toEqual(
    organization.clinics.toSorted((a, b) => (a < b ? -1 : 1)).map((id) => [id, "superadmin"]),
  );
  expect(other.clinics).toHaveLength(2);
});

test("a superadmin whose role is over is none anywhere; a role in another organization's clinic counts for nothing", async () => {
  const { roles, setRole, system, who, other } = await signedInAs("superadmin");
  await setRole({ valid_until: sql`now()` });
  expect(await roles()).toEqual([]);
  await system
    .insertInto("user_clinic_roles")
    .values({ id: randomUUID(), user_id: who.id, clinic_id: other.clinics[0], role: "superadmin" })
    .execute();
  expect(await roles()).toEqual([]);
});

test("locations are those one is staff of, in the clinic of each role", async () => {
  const { roles, system, who, organization } = await signedInAs("supervisor");
  const [here, there] = organization.clinics;
  const place = async (clinic_id: string, active = true) => {
    const id = randomUUID();
    await system.insertInto("locations").values({ id, clinic_id, name: id }).execute();
    await system.insertInto("location_staff").values({ user_id: who.id, clinic_id, location_id: id, active }).execute();
    return id;
  };
  const mine = await place(here);
  await place(here, false);
  await place(there);
  expect(await roles()).toMatchObject([{ clinicId: here, locationIds: [mine] }]);
});

test("a request is somebody's only by a good access token: not by another kind, another key, or after its ten minutes", async () => {
  const { identity, begun } = await signedInAs("viewer");
  const { token } = identity.keys;
  const soon = new Date(Date.now() + 60_000);
  const ask = async (bearer?: string) => {
    const headers: Record<string, string> = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
    return (await authenticate(identity, new Request("http://careboard.test/", { headers }))).is;
  };
  expect(await ask(begun.accessToken)).toBe("member");
  expect(await ask()).toBe("nobody");
  expect(await ask(begun.refreshToken)).toBe("nobody");
  expect(await ask(await signToken(token, "ticket", begun.sessionId, soon))).toBe("nobody");
  expect(await ask(await signToken(token, "receipt", begun.sessionId, soon))).toBe("nobody");
  expect(await ask(await signToken(new Uint8Array(32), "access", begun.sessionId, soon))).toBe("nobody");
  expect(await ask(await signToken(token, "access", randomUUID(), soon))).toBe("nobody");
  expect(await ask(await signToken(token, "access", begun.sessionId, new Date(Date.now() - 1000)))).toBe("over");
});

test("a desktop of another organization is refused, and one that was ended; the others are written down", async () => {
  const { identity, person, other, system, organization } = await peopleForTest();
  const robin = await person();
  const stranger = await person([{ clinicId: other.clinics[0], role: "manager" }], { organization: other.id });
  const device = { id: randomUUID(), name: "Front desk 1", platform: "linux", version: "0.1.0" };
  const begin = (email: string, name = device.name) =>
    signIn(identity, { email, password, device: { ...device, name } }, from);
  expect(await begin(robin.email)).toMatchObject({ step: "signedIn" });
  await begin(robin.email, "Reception");
  const held = await system.selectFrom("devices").selectAll().execute();
  expect(held).toMatchObject([{ id: device.id, name: "Reception", organization_id: organization.id }]);
  await expect(begin(stranger.email)).rejects.toMatchObject({ code: "CONFLICT" });
  await system
    .updateTable("devices")
    .set({ ended_at: sql`now()` })
    .execute();
  // With the reason, so that the desk erases what it holds of whoever showed that they are the person.
  await expect(begin(robin.email)).rejects.toMatchObject({ code: "UNAUTHORIZED", data: { reason: "deviceEnded" } });
});

test("why a session is over: what somebody did comes before what the clock did", async () => {
  const { identity, person, system } = await peopleForTest();
  const robin = await person();
  const device = deviceForTest();
  const begun = await signIn(identity, { email: robin.email, password, device }, from);
  if (begun.step !== "signedIn") throw new Error(begun.step);
  const why = async () => {
    const standing = await standingOf(system, begun.sessionId);
    return standing.is === "refused" ? standing.reason : standing.is;
  };
  const session = (values: object) => system.updateTable("sessions").set(values).execute();
  await session({ expires_at: sql`now()` });
  expect(await why()).toBe("expired");
  await session({ ended_at: sql`now()`, ended_reason: "expired" });
  expect(await why()).toBe("expired");
  await system
    .updateTable("devices")
    .set({ ended_at: sql`now()` })
    .execute();
  expect(await why()).toBe("deviceEnded");
  await session({ ended_reason: "passwordChanged" });
  expect(await why()).toBe("passwordChanged");
  await system.updateTable("users").set({ active: false }).execute();
  expect(await why()).toBe("accountDisabled");
});
