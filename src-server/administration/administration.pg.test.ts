import { createRouterClient } from "@orpc/server";
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { must } from "#shared/kit/must.ts";
import { createTrail } from "../audit/trail.ts";
import { authenticate } from "../identity/authenticate.ts";
import { deviceForTest, from, password, peopleForTest } from "../identity/people-for-test.ts";
import { signReceiptToken } from "../identity/receipt-token.ts";
import { router } from "../http/router.ts";

/** Two organizations with people, and the whole router as each of them, signed in for real. */
async function office() {
  const world = await peopleForTest();
  const { db, system, systemPool, identity } = world;
  const audit = createTrail(system);
  const told: string[] = [];
  const context = {
    db, system, systemPool, identity, audit, from, requestId: "r", sessionKey: identity.keys.token, whyNobody: null, formerly: null,
    accessChanged: (userId: string) => void told.push(userId),
  }; // prettier-ignore
  const nobody = createRouterClient(router, { context: { ...context, member: null } });
  /** Signs in with a password and asks as that person; `standing` says what the token is worth now. */
  const signIn = async (email: string, device = deviceForTest()) => {
    const step = await nobody.session.signIn({ email, password, device });
    if (step.step !== "signedIn") throw new Error(`signing in stopped at ${step.step}`);
    const standing = () =>
      authenticate(identity, new Request("http://x", { headers: { authorization: `Bearer ${step.accessToken}` } }));
    const now = await standing();
    if (now.is !== "member") throw new Error("nobody");
    const client = createRouterClient(router, { context: { ...context, member: now.member } });
    return { ...step, client, standing, device };
  };
  return { ...world, told, nobody, signIn };
}
const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const plainRole = { agentId: null, active: true, validFrom: null, validUntil: null, locationIds: [] };

test("an administrator adds a person, who signs in once with the password shown and must choose another", async () => {
  const { person, signIn, nobody, organization } = await office();
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
  const { person, signIn, organization, other, system } = await office();
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

test("a changed role is told at the next contact, with what it was; locations likewise", async () => {
  const { person, signIn, organization, told, system } = await office();
  const [clinicId] = organization.clinics;
  const admin = await signIn((await person("clinic_admin")).email);
  const sam = await person("manager");
  const desk = await signIn(sam.email);
  const meet = (seenChange: string | null, counter: number) =>
    desk.client.session.contact({ version: "1", replica, counter, held: { calls: 3 }, waiting: 0, seenChange });
  const replica = randomUUID();
  expect((await meet(null, 0)).changes).toEqual([]);

  const { id: locationId } = await admin.client.locations.add({ clinicId, name: "North" });
  await admin.client.people.setRole({
    userId: sam.id,
    clinicId,
    ...plainRole,
    role: "supervisor",
    locationIds: [locationId],
  });
  expect(told).toContain(sam.id);
  const { changes, counter } = await meet(null, 1);
  expect(changes.map((c) => [c.kind, c.detail])).toEqual([
    ["roleChanged", { from: "manager", to: "supervisor" }],
    ["locationsChanged", { added: "North" }],
  ]);
  await admin.client.locations.setStaff({ locationId, userIds: [] });
  const last = must(changes.at(-1), "a change").id;
  expect((await meet(last, counter)).changes.map((c) => [c.kind, c.detail])).toEqual([
    ["locationsChanged", { taken: "North" }],
  ]);
  // A consultant's role that is over by its date is told once, although nobody did anything.
  await system
    .updateTable("user_clinic_roles")
    .set({ valid_until: new Date(Date.now() - 1000).toISOString() })
    .where("user_id", "=", sam.id)
    .execute();
  const seen = await meet(last, counter + 1);
  expect(seen.changes.filter((c) => c.kind === "roleTaken")).toHaveLength(1);
  expect((await meet(last, counter + 2)).changes.filter((c) => c.kind === "roleTaken")).toHaveLength(1);
  const [listed] = (await admin.client.devices.list({ clinicId })).filter((d) => d.id === desk.device.id);
  expect(listed).toMatchObject({
    name: "Front desk 1",
    sessions: [{ userId: sam.id, version: "1", held: { calls: 3 } }],
  });
});

test("an absurd counter or change is refused, and leaves the desk where it was", async () => {
  const { person, signIn } = await office();
  const desk = await signIn((await person("manager")).email);
  const meet = (more: { counter?: number; seenChange?: string; held?: Record<string, number> }) =>
    desk.client.session.contact({ version: "1", replica, counter: 0, held: {}, waiting: 0, seenChange: null, ...more });
  const replica = randomUUID();
  const many = Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`shape ${n}`, n]));
  for (const more of [
    { counter: 2 ** 53 - 1 },
    { counter: 2 ** 53 - 2 },
    { seenChange: "x" },
    { seenChange: "9".repeat(20) },
    { held: many },
  ])
    await expect(meet(more)).rejects.toEqual(refusal("BAD_REQUEST"));
  expect(await meet({ counter: 0, seenChange: "9".repeat(15) })).toMatchObject({ counter: 1, changes: [] });
});

test("an older copy of the replica is noticed, and its receipt stands once in list and log", async () => {
  const { person, signIn, organization, system } = await office();
  const admin = await signIn((await person("clinic_admin")).email);
  const desk = await signIn((await person("manager")).email);
  const replica = randomUUID();
  const meet = (counter: number) =>
    desk.client.session.contact({ version: "1", replica, counter, held: {}, waiting: 0, seenChange: null });
  for (let counter = 0; counter < 3; counter++)
    expect(await meet(counter)).toMatchObject({ older: false, counter: counter + 1 });
  expect((await meet(1)).older).toBe(true);
  const receipt = {
    id: randomUUID(),
    reason: "older" as const,
    changes: [],
    removed: { calls: 7 },
    purgedAt: new Date().toISOString(),
  };
  await desk.client.session.receipt(receipt);
  await desk.client.session.receipt(receipt);
  const [clinicId] = organization.clinics;
  expect(await admin.client.devices.receipts({ clinicId })).toMatchObject([{ id: receipt.id, removed: { calls: 7 } }]);
  const lines = await system.selectFrom("audit_log").selectAll().where("subject_id", "=", receipt.id).execute();
  expect(lines).toMatchObject([{ action: "purge", detail: { reason: "older", removed: { calls: 7 } } }]);
});

test("accounts, roles, locations, devices and sessions are left as they were where their line can't be written", async () => {
  const { person, signIn, owner, system, organization } = await office();
  const admin = await signIn((await person("clinic_admin")).email);
  const sam = await person("manager");
  const device = deviceForTest();
  const desk = await signIn(sam.email, device);
  const { people, devices, locations } = admin.client;
  const [clinicId] = organization.clinics;
  const { id: locationId } = await locations.add({ clinicId, name: "North" });
  const held = async () => [
    await system.selectFrom("user_clinic_roles").selectAll().where("user_id", "=", sam.id).execute(),
    await system.selectFrom("location_staff").select("user_id").execute(),
    await system.selectFrom("locations").selectAll().execute(),
    await system.selectFrom("users").select(["active", "disabled_at"]).where("id", "=", sam.id).execute(),
    await system.selectFrom("user_credentials").selectAll().where("user_id", "=", sam.id).execute(),
    await system.selectFrom("devices").selectAll().where("id", "=", device.id).execute(),
    await system.selectFrom("sessions").select(["id", "ended_at"]).where("user_id", "=", sam.id).execute(),
  ];
  const before = await held();
  const role = { clinicId, ...plainRole, role: "supervisor" as const, locationIds: [locationId] };
  const acts: (() => Promise<unknown>)[] = [
    () => people.setRole({ userId: sam.id, ...role }),
    () => locations.rename({ locationId, name: "South" }),
    () => locations.setStaff({ locationId, userIds: [] }),
    () => people.setActive({ userId: sam.id, active: false }),
    () => people.resetPassword({ userId: sam.id }),
    () => people.resetSecondFactor({ userId: sam.id }),
    () => devices.end({ deviceId: device.id }),
    () => devices.endSession({ sessionId: desk.sessionId }),
  ];
  const lines = () => system.selectFrom("audit_log").select(["subject", "subject_id", "detail"]).where("action", "=", "configure").orderBy("id").execute(); // prettier-ignore
  await owner.query("revoke insert on audit_log from careboard_server");
  for (const act of acts) await expect(act()).rejects.toThrow("permission denied for table audit_log");
  expect(await held()).toEqual(before);
  await owner.query("grant insert on audit_log to careboard_server");
  for (const act of acts) await act();
  expect(await held()).not.toEqual(before);
  expect(await lines()).toMatchObject([
    { subject: "locations.add", subject_id: locationId },
    {
      subject: "people.setRole",
      subject_id: sam.id,
      detail: { before: { role: "manager" }, role: "supervisor", locationIds: [locationId] },
    },
    { subject: "locations.rename", subject_id: locationId },
    { subject: "locations.setStaff", subject_id: locationId },
    { subject: "people.setActive", subject_id: sam.id, detail: { active: false } },
    { subject: "people.resetPassword", subject_id: sam.id },
    { subject: "people.resetSecondFactor", subject_id: sam.id },
    { subject: "devices.end", subject_id: device.id },
    { subject: "devices.endSession", subject_id: desk.sessionId },
  ]);
});

test("who administers a clinic does not end the session or the desk of a superadmin", async () => {
  const { person, signIn } = await office();
  const device = deviceForTest();
  const [boss, admin] = [
    await signIn((await person("superadmin")).email, device),
    await signIn((await person("clinic_admin")).email),
  ];
  const { devices } = admin.client;
  await expect(devices.endSession({ sessionId: boss.sessionId })).rejects.toEqual(refusal("FORBIDDEN"));
  await expect(devices.end({ deviceId: device.id })).rejects.toEqual(refusal("FORBIDDEN"));
  expect(await boss.standing()).toMatchObject({ is: "member" });
  expect(await boss.client.devices.endSession({ sessionId: admin.sessionId })).toEqual({ ended: true });
  expect(await boss.client.devices.end({ deviceId: device.id })).toEqual({ ended: 1 });
});

test("an ended device and a disabled account are refused with the reason, and may still say what they removed", async () => {
  const { person, signIn, nobody, organization, identity } = await office();
  const [clinicId] = organization.clinics;
  const admin = await signIn((await person("clinic_admin")).email);
  const [first, second] = [await person("manager"), await person("manager")];
  const device = deviceForTest();
  const desks = [await signIn(first.email, device), await signIn(second.email, device)];
  expect(await admin.client.devices.end({ deviceId: device.id })).toEqual({ ended: 2 });
  for (const desk of desks) expect(await desk.standing()).toMatchObject({ is: "refused", reason: "deviceEnded" });
  await expect(nobody.session.signIn({ email: first.email, password, device })).rejects.toMatchObject({
    code: "UNAUTHORIZED",
    data: { reason: "deviceEnded" },
  });
  expect(await admin.client.devices.admit({ deviceId: device.id })).toEqual({ admitted: true });
  const again = await signIn(first.email, device);

  await admin.client.people.setActive({ userId: first.id, active: false });
  expect(await again.standing()).toMatchObject({ is: "refused", reason: "accountDisabled" });
  await expect(nobody.session.signIn({ email: first.email, password, device })).rejects.toEqual(
    refusal("UNAUTHORIZED"),
  );
  const said = {
    id: randomUUID(),
    reason: "accountDisabled" as const,
    changes: [],
    removed: { calls: 9 },
    purgedAt: new Date().toISOString(),
  };
  await expect(nobody.session.receipt(said)).rejects.toEqual(refusal("UNAUTHORIZED"));
  await expect(nobody.session.receipt({ ...said, receipt: again.accessToken })).rejects.toEqual(
    refusal("UNAUTHORIZED"),
  );
  const token = await signReceiptToken(identity.keys.token, { sessionId: again.sessionId, userId: first.id });
  await nobody.session.receipt({ ...said, receipt: token });
  expect(await admin.client.devices.receipts({ clinicId })).toMatchObject([{ id: said.id, deviceName: device.name }]);
  expect((await admin.client.people.list({ clinicId })).find((p) => p.id === first.id)).toMatchObject({
    active: false,
  });
});

test("the terms of a clinic are shortened, never lengthened, and the strictest hold for a person", async () => {
  const { person, signIn, organization } = await office();
  const [a, b] = organization.clinics;
  const boss = await signIn((await person("superadmin")).email);
  const { setTerms, terms } = boss.client.devices;
  expect(await terms({ clinicId: a })).toEqual({
    idleMinutes: 10,
    lockAfterHours: 72,
    eraseAfterDays: 14,
    secondFactor: false,
  });
  await expect(setTerms({ clinicId: a, idleMinutes: 11 })).rejects.toEqual(refusal("BAD_REQUEST"));
  await expect(setTerms({ clinicId: a, lockAfterHours: 73 })).rejects.toEqual(refusal("BAD_REQUEST"));
  await expect(setTerms({ clinicId: a, eraseAfterDays: 1 })).rejects.toEqual(refusal("BAD_REQUEST"));
  await setTerms({ clinicId: a, idleMinutes: 3 });
  await setTerms({ clinicId: b, lockAfterHours: 24, eraseAfterDays: 2 });
  const met = await boss.client.session.contact({
    version: "1",
    replica: randomUUID(),
    counter: 0,
    held: {},
    waiting: 0,
    seenChange: null,
  });
  expect(met.terms).toEqual({ idleMinutes: 3, lockAfterHours: 24, eraseAfterDays: 2 });
});

test("two locations of a clinic never share a name, and only its people are staff", async () => {
  const { person, signIn, organization, other } = await office();
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
  const { person, signIn, organization } = await office();
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
