import { expect, test } from "vitest";
import { deviceForTest } from "../identity/people-for-test.ts";
import { officeForTest, plainRole } from "./office-for-test.ts";

test("accounts, roles, locations, devices and sessions are left as they were where their line can't be written", async () => {
  const { person, signIn, owner, system, organization } = await officeForTest();
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
