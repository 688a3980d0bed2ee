import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { must } from "#shared/kit/must.ts";
import { officeForTest, plainRole, refusal } from "./office-for-test.ts";

test("an administrator adds a person, who signs in once with the password shown and must choose another", async () => {
  const { person, signIn, nobody, organization } = await officeForTest();
  const admin = await signIn((await person("clinic_admin")).email);
  const [clinicId] = organization.clinics;
  const added = await admin.client.people.add({
    email: "New@Otter.example",
    displayName: "New Person",
    role: { clinicId, role: "supervisor", ...plainRole },
  });
  expect(added.person).toMatchObject({ email: "new@otter.example", roles: [{ clinicId, role: "supervisor" }] });
  const step = await nobody.session.signIn({
    email: "new@otter.example",
    password: must(added.oneTimePassword, "a password"),
  });
  expect(step.step).toBe("newPassword");
  // Known now: the same address again only gets the role.
  const again = await admin.client.people.add({
    email: "new@otter.example",
    displayName: "Other",
    role: { clinicId, role: "manager", ...plainRole },
  });
  expect(again).toMatchObject({
    oneTimePassword: null,
    person: { displayName: "New Person", roles: [{ role: "manager" }] },
  });
});

test("nobody administers beyond their clinics, above their role, or themselves", async () => {
  const { person, signIn, organization, other, system } = await officeForTest();
  const [mine, theirs] = organization.clinics;
  const self = await person("clinic_admin");
  const admin = await signIn(self.email);
  const [both, elsewhere, stranger, boss] = [
    await person([
      { clinicId: mine, role: "manager" },
      { clinicId: theirs, role: "manager" },
    ]),
    await person([{ clinicId: theirs, role: "manager" }]),
    await person([{ clinicId: other.clinics[0], role: "manager" }], { organization: other.id }),
    await person("superadmin"),
  ];
  const { people } = admin.client;
  const role = { clinicId: mine, role: "manager" as const, ...plainRole };
  const of = async (id: string) => (await people.list({ clinicId: mine })).find((p) => p.id === id);

  expect((await of(both.id))?.roles.map((r) => r.clinicId)).toEqual([mine]);
  expect(await of(elsewhere.id)).toBeUndefined();
  await expect(people.list({ clinicId: theirs })).rejects.toEqual(refusal("NOT_FOUND"));
  for (const { id } of [elsewhere, stranger]) {
    await expect(people.setRole({ userId: id, ...role })).rejects.toEqual(refusal("NOT_FOUND"));
    await expect(people.setActive({ userId: id, active: false })).rejects.toEqual(refusal("NOT_FOUND"));
    await expect(people.resetPassword({ userId: id })).rejects.toEqual(refusal("NOT_FOUND"));
  }
  await expect(people.setActive({ userId: both.id, active: false })).rejects.toEqual(refusal("FORBIDDEN"));
  await expect(people.setActive({ userId: boss.id, active: false })).rejects.toEqual(refusal("FORBIDDEN"));
  await expect(people.resetPassword({ userId: boss.id })).rejects.toEqual(refusal("FORBIDDEN"));
  await expect(people.setRole({ userId: boss.id, ...role })).rejects.toEqual(refusal("FORBIDDEN"));
  await expect(people.setRole({ userId: both.id, ...role, role: "superadmin" })).rejects.toEqual(refusal("FORBIDDEN"));
  await expect(people.setRole({ userId: self.id, ...role })).rejects.toEqual(refusal("CONFLICT"));
  await expect(people.setActive({ userId: self.id, active: false })).rejects.toEqual(refusal("CONFLICT"));
  // The same id in other letters is the same person.
  const spelled = self.id.toUpperCase();
  await expect(people.setRole({ userId: spelled, ...role })).rejects.toEqual(refusal("CONFLICT"));
  await expect(people.setActive({ userId: spelled, active: false })).rejects.toEqual(refusal("CONFLICT"));
  await expect(people.resetPassword({ userId: spelled })).rejects.toEqual(refusal("CONFLICT"));
  await expect(people.resetSecondFactor({ userId: spelled })).rejects.toEqual(refusal("CONFLICT"));
  await expect(people.add({ email: stranger.email, displayName: "X", role })).rejects.toEqual(refusal("CONFLICT"));
  await expect(
    people.add({ email: "boss2@otter.example", displayName: "X", role: { ...role, role: "superadmin" } }),
  ).rejects.toEqual(refusal("FORBIDDEN"));
  expect(await system.selectFrom("users").select("id").where("email", "=", "boss2@otter.example").execute()).toEqual(
    [],
  );
  // An agent, a location of another clinic is none of this one's.
  const foreign = randomUUID();
  await system.insertInto("locations").values({ id: foreign, clinic_id: theirs, name: "There" }).execute();
  await expect(people.setRole({ userId: both.id, ...role, locationIds: [foreign] })).rejects.toEqual(
    refusal("BAD_REQUEST"),
  );
});

test("two locations of a clinic never share a name, and only its people are staff", async () => {
  const { person, signIn, organization, other } = await officeForTest();
  const [clinicId] = organization.clinics;
  const admin = await signIn((await person("clinic_admin")).email);
  const stranger = await person([{ clinicId: other.clinics[0], role: "manager" }], { organization: other.id });
  const { locations } = admin.client;
  const { id } = await locations.add({ clinicId, name: "North" });
  await expect(locations.add({ clinicId, name: "North" })).rejects.toEqual(refusal("BAD_REQUEST"));
  await expect(locations.setStaff({ locationId: id, userIds: [stranger.id] })).rejects.toEqual(refusal("BAD_REQUEST"));
  await expect(locations.rename({ locationId: randomUUID(), name: "X" })).rejects.toEqual(refusal("NOT_FOUND"));
  await locations.rename({ locationId: id, name: "South" });
  expect(await locations.list({ clinicId })).toEqual([{ id, name: "South", staff: [], agents: 0, queues: 0 }]);
});

test("a board gets an account of its own, and no person can be one", async () => {
  const { person, signIn, organization } = await officeForTest();
  const [clinicId] = organization.clinics;
  const admin = await signIn((await person("clinic_admin")).email);
  const board = await admin.client.people.addBoard({ clinicId, name: "Wall of the call center" });
  expect(board.person).toMatchObject({
    kind: "board",
    displayName: "Wall of the call center",
    roles: [{ role: "board" }],
  });
  expect(board.oneTimePassword).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
  const { people } = admin.client;
  await expect(people.setRole({ userId: board.person.id, clinicId, ...plainRole, role: "viewer" })).rejects.toEqual(
    refusal("BAD_REQUEST"),
  );
  const sam = await person("viewer");
  await expect(people.setRole({ userId: sam.id, clinicId, ...plainRole, role: "board" })).rejects.toEqual(
    refusal("BAD_REQUEST"),
  );
});
