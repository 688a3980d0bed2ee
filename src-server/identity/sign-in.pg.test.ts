import { expect, test } from "vitest";
import { endSessions } from "./end-sessions.ts";
import { hashPassword } from "./password.ts";
import { deviceForTest, from, password, peopleForTest } from "./people-for-test.ts";
import { refresh } from "./refresh.ts";
import { newPassword } from "./new-password.ts";
import { signIn } from "./sign-in.ts";
import { standingOf } from "./standing.ts";

test("password, device and tokens: the way in, and who it is then", async () => {
  const { identity, person, organization, system } = await peopleForTest();
  const robin = await person("supervisor");
  const device = deviceForTest();
  const step = await signIn(identity, { email: robin.email.toUpperCase(), password, device }, from);
  expect(step).toMatchObject({
    step: "signedIn",
    person: { id: robin.id, kind: "person", roles: [{ clinicId: organization.clinics[0], role: "supervisor" }] },
    terms: { idleMinutes: 10, lockAfterHours: 72, eraseAfterDays: 14 },
  });
  if (step.step !== "signedIn") throw new Error("not in");
  const standing = await standingOf(system, step.sessionId);
  expect(standing).toMatchObject({ is: "member", member: { deviceId: device.id, userId: robin.id } });
  const next = await refresh(identity, step.refreshToken, from);
  expect(next.refreshToken).not.toBe(step.refreshToken);
  await endSessions(system, { sessionId: step.sessionId }, "sessionEnded");
  await expect(refresh(identity, next.refreshToken, from)).rejects.toMatchObject({
    code: "UNAUTHORIZED",
    data: { reason: "sessionEnded", receipt: expect.any(String) as string },
  });
});

test("a one-time password leads to another and no further; what is easy to guess is refused", async () => {
  const { identity, person, system } = await peopleForTest();
  const robin = await person();
  const oneTime = "kt4m-99xw-pp2a-hhq3";
  await system
    .updateTable("user_credentials")
    .set({ password_hash: await hashPassword(oneTime), one_time: true })
    .where("user_id", "=", robin.id)
    .execute();
  const step = await signIn(identity, { email: robin.email, password: oneTime }, from);
  if (step.step !== "newPassword") throw new Error(step.step);
  for (const weak of ["short", "Password1234", "otter health 2026", "robinmarsh1234", "111111111111", oneTime])
    await expect(newPassword(identity, { ticket: step.ticket, password: weak }, from)).rejects.toMatchObject({
      code: "BAD_REQUEST",
      data: { fields: { password: expect.any(String) as string } },
    });
  const chosen = { ticket: step.ticket, password: "brisk velvet tundra spoons" };
  expect(await newPassword(identity, chosen, from)).toMatchObject({ step: "signedIn" });
  await expect(newPassword(identity, chosen, from)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await expect(signIn(identity, { email: robin.email, password: oneTime }, from)).rejects.toMatchObject({
    code: "UNAUTHORIZED",
  });
  expect(await signIn(identity, { email: robin.email, password: chosen.password }, from)).toMatchObject({
    step: "signedIn",
  });
});

test("every sign-in and every refused one leaves a line: who, by what means, from where; never what was typed", async () => {
  const { identity, person, system, organization } = await peopleForTest();
  const robin = await person();
  const device = deviceForTest();
  await signIn(identity, { email: robin.email, password, device }, from);
  await signIn(identity, { email: robin.email, password: "hunter-two-typed" }, from).catch(() => {});
  await signIn(identity, { email: "typed@otter.example", password: "hunter-two-typed" }, from).catch(() => {});
  const lines = await system.selectFrom("audit_log").selectAll().orderBy("id").execute();
  expect(lines).toMatchObject([
    { action: "signIn", user_id: robin.id, organization_id: organization.id, device_id: device.id, detail: { means: "password", secondFactor: false, address: from.address } },
    { action: "signInRefused", user_id: robin.id, organization_id: organization.id, detail: { why: "password" } },
    { action: "signInRefused", user_id: null, organization_id: null, detail: { why: "unknown" } },
  ]); // prettier-ignore
  expect(JSON.stringify(lines)).not.toContain("typed");
});
