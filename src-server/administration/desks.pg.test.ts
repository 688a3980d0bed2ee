import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { must } from "#shared/kit/must.ts";
import { deviceForTest, password } from "../identity/people-for-test.ts";
import { signReceiptToken } from "../identity/receipt-token.ts";
import { officeForTest, plainRole, refusal } from "./office-for-test.ts";

test("a changed role is told at the next contact, with what it was; locations likewise", async () => {
  const { person, signIn, organization, told, system } = await officeForTest();
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
  const { person, signIn } = await officeForTest();
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
  const { person, signIn, organization, system } = await officeForTest();
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

test("who administers a clinic does not end the session or the desk of a superadmin", async () => {
  const { person, signIn } = await officeForTest();
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
  const { person, signIn, nobody, organization, identity } = await officeForTest();
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
  const { person, signIn, organization } = await officeForTest();
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
