import { sql } from "kysely";
import { Secret } from "otpauth";
import { expect, onTestFinished, test, vi } from "vitest";
import { must } from "#shared/kit/must.ts";
import { changePassword } from "./change-password.ts";
import { from, password, peopleForTest } from "./people-for-test.ts";
import { secondFactor } from "./second-factor.ts";
import { signIn } from "./sign-in.ts";
import { standingOf } from "./standing.ts";
import { totpOf } from "./totp.ts";

/** A person whose clinic demands a second factor, and an authenticator that can be moved in time by steps of 30 s. */
async function withFactor() {
  // A test that crossed the half-minute would have another code in its hands than the one it used.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  onTestFinished(() => void vi.useRealTimers());
  const people = await peopleForTest();
  const { identity, person, system, organization } = people;
  await system
    .insertInto("clinic_security")
    .values({ clinic_id: organization.clinics[0], second_factor: true })
    .execute();
  const robin = await person();
  const begin = () => signIn(identity, { email: robin.email, password }, from);
  const offered = await begin();
  if (offered.step !== "enrolSecondFactor") throw new Error(offered.step);
  const secretOf = (base32: string) => Secret.fromBase32(base32);
  const codeOf = (base32: string, steps = 0) =>
    totpOf(secretOf(base32), "").generate({ timestamp: Date.now() + steps * 30_000 });
  const goOn = (ticket: string, code: string) => secondFactor(identity, { ticket, code }, from);
  /** The step of now is taken by enrolling: signing in again uses the next one. */
  const enrol = async () => {
    const step = await goOn(offered.ticket, codeOf(offered.secret));
    if (step.step !== "signedIn") throw new Error(step.step);
    return step;
  };
  const ticketNow = async () => {
    const step = await begin();
    if (step.step !== "secondFactor") throw new Error(step.step);
    return step.ticket;
  };
  return { ...people, robin, offered, codeOf, goOn, enrol, begin, ticketNow };
}
const wrong = { code: "BAD_REQUEST", data: { fields: { code: expect.any(String) as string } } };
const over = { code: "UNAUTHORIZED" };

test("enrolment counts from its first code on: it gives ten recovery codes and a session, once", async () => {
  const { offered, codeOf, goOn, enrol, begin, system } = await withFactor();
  expect(offered.uri).toMatch(/^otpauth:\/\/totp\/Careboard:p.*%40otter\.example\?issuer=Careboard&secret=/);
  const held = await system.selectFrom("user_second_factors").selectAll().executeTakeFirstOrThrow();
  expect(Buffer.from(held.sealed_secret).includes(Buffer.from(Secret.fromBase32(offered.secret).bytes))).toBe(false);
  await expect(goOn(offered.ticket, "000000")).rejects.toMatchObject(wrong);
  const step = await enrol();
  expect(new Set(step.recoveryCodes).size).toBe(10);
  await expect(goOn(offered.ticket, codeOf(offered.secret, 1))).rejects.toMatchObject(over);
  expect(await begin()).toMatchObject({ step: "secondFactor" });
});

test("an enrolment that was begun anew makes the one before void", async () => {
  const { offered, codeOf, goOn, begin } = await withFactor();
  const again = await begin();
  if (again.step !== "enrolSecondFactor") throw new Error(again.step);
  expect(again.secret).not.toBe(offered.secret);
  await expect(goOn(offered.ticket, codeOf(offered.secret))).rejects.toMatchObject(over);
  await expect(goOn(again.ticket, codeOf(offered.secret))).rejects.toMatchObject(wrong);
});

test("a code is good once, one step off at most; its ticket leads to one session", async () => {
  const { offered, codeOf, goOn, enrol, ticketNow } = await withFactor();
  await enrol();
  const ticket = await ticketNow();
  await expect(goOn(ticket, codeOf(offered.secret))).rejects.toMatchObject(wrong);
  await expect(goOn(ticket, codeOf(offered.secret, 3))).rejects.toMatchObject(wrong);
  const next = codeOf(offered.secret, 1);
  expect(await goOn(ticket, next)).toMatchObject({ step: "signedIn" });
  await expect(goOn(ticket, next)).rejects.toMatchObject(over);
  await expect(goOn(await ticketNow(), next)).rejects.toMatchObject(wrong);
});

test("of two at once with the same ticket and code, one gets in", async () => {
  const { offered, codeOf, goOn, enrol, ticketNow, system, robin } = await withFactor();
  await enrol();
  const ticket = await ticketNow();
  const code = codeOf(offered.secret, 1);
  const answers = await Promise.allSettled(Array.from({ length: 5 }, () => goOn(ticket, code)));
  expect(answers.filter((a) => a.status === "fulfilled")).toHaveLength(1);
  const sessions = await system.selectFrom("sessions").selectAll().where("user_id", "=", robin.id).execute();
  expect(sessions).toHaveLength(2);
});

test("a recovery code lets in once, however it is spaced; the others stay", async () => {
  const { goOn, enrol, ticketNow, system } = await withFactor();
  const codes = must((await enrol()).recoveryCodes, "recovery codes");
  const [first = ""] = codes;
  expect(await goOn(await ticketNow(), first.toLowerCase().replace(/-/g, " "))).toMatchObject({ step: "signedIn" });
  await expect(goOn(await ticketNow(), first)).rejects.toMatchObject(wrong);
  const { recovery } = await system.selectFrom("user_second_factors").selectAll().executeTakeFirstOrThrow();
  expect(recovery).toHaveLength(9);
});

test("wrong codes lock like wrong passwords, and the password before them does not clear their count", async () => {
  const { offered, codeOf, goOn, enrol, ticketNow, system } = await withFactor();
  await enrol();
  for (let i = 0; i < 5; i++) await expect(goOn(await ticketNow(), "000000")).rejects.toMatchObject(wrong);
  const held = sql<string>`locked_until + interval '1 minute'`;
  await system.updateTable("sign_in_failures").set({ locked_until: held }).execute();
  await expect(goOn(await ticketNow(), codeOf(offered.secret, 1))).rejects.toMatchObject({
    code: "TOO_MANY_REQUESTS",
    data: { retryAfter: expect.any(Number) as number },
  });
});

test("a ticket is void after the password was changed, and after the account was disabled", async () => {
  const { offered, codeOf, goOn, enrol, ticketNow, identity, system, robin } = await withFactor();
  const session = await enrol();
  const standing = await standingOf(system, session.sessionId);
  if (standing.is !== "member") throw new Error(standing.is);
  const before = await ticketNow();
  await changePassword(identity, standing.member, { current: password, next: "brisk velvet tundra spoons" }, from);
  await expect(goOn(before, codeOf(offered.secret, 1))).rejects.toMatchObject(over);
  const step = await signIn(identity, { email: robin.email, password: "brisk velvet tundra spoons" }, from);
  if (step.step !== "secondFactor") throw new Error(step.step);
  await system.updateTable("users").set({ active: false }).where("id", "=", robin.id).execute();
  await expect(goOn(step.ticket, codeOf(offered.secret, 1))).rejects.toMatchObject(over);
});

test("with another server's key the secret is nothing, and a recovery code still lets in", async () => {
  const { identity, offered, codeOf, enrol, ticketNow } = await withFactor();
  const codes = must((await enrol()).recoveryCodes, "recovery codes");
  const ticket = await ticketNow();
  const moved = { ...identity, keys: { ...identity.keys, seal: new Uint8Array(32) } };
  await expect(secondFactor(moved, { ticket, code: codeOf(offered.secret, 1) }, from)).rejects.toMatchObject(wrong);
  expect(await secondFactor(moved, { ticket, code: must(codes[0], "a code") }, from)).toMatchObject({
    step: "signedIn",
  });
});
