import { sql } from "kysely";
import { expect, test } from "vitest";
import { giveOneTimePassword } from "../administration/one-time-password.ts";
import { changePassword } from "./change-password.ts";
import { from, password, peopleForTest } from "./people-for-test.ts";
import { refresh } from "./refresh.ts";
import { signIn } from "./sign-in.ts";
import { standingOf } from "./standing.ts";

const next = "brisk velvet tundra spoons";

async function withTwoSessions() {
  const people = await peopleForTest();
  const { identity, person, system } = people;
  const robin = await person();
  const begin = async (tried = password) => {
    const step = await signIn(identity, { email: robin.email, password: tried }, from);
    if (step.step !== "signedIn") throw new Error(step.step);
    return step;
  };
  const [own, other] = [await begin(), await begin()];
  const standing = await standingOf(system, own.sessionId);
  if (standing.is !== "member") throw new Error(standing.is);
  const change = (input: { current: string; next: string }) => changePassword(identity, standing.member, input, from);
  return { ...people, robin, begin, own, other, change };
}

test("one's other sessions end, one's own goes on, and the old password is none any more", async () => {
  const { identity, begin, own, other, change } = await withTwoSessions();
  await change({ current: password, next });
  await expect(refresh(identity, other.refreshToken, from)).rejects.toMatchObject({
    data: { reason: "passwordChanged" },
  });
  expect(await refresh(identity, own.refreshToken, from)).toHaveProperty("accessToken");
  await expect(begin(password)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  expect(await begin(next)).toHaveProperty("sessionId");
});

test("fields are named: a wrong current password, and a next one that is easy to guess, leaked, known or the same", async () => {
  const { change, begin } = await withTwoSessions();
  const field = (name: string) => ({ code: "BAD_REQUEST", data: { fields: { [name]: expect.any(String) as string } } });
  await expect(change({ current: "wrong", next })).rejects.toMatchObject(field("current"));
  for (const weak of [
    "eleven char",
    "letmein letmein",
    "Robin Marsh 2026",
    "Otter Health clinic",
    "passw0rd1234!",
    password,
  ])
    await expect(change({ current: password, next: weak })).rejects.toMatchObject(field("next"));
  expect(await begin()).toHaveProperty("sessionId");
});

test("an open session is no place to guess the password at", async () => {
  const { change, system } = await withTwoSessions();
  for (let i = 0; i < 5; i++)
    await expect(change({ current: "wrong", next })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await system
    .updateTable("sign_in_failures")
    .set({ locked_until: sql`now() + interval '1 minute'` })
    .execute();
  await expect(change({ current: password, next })).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
});

test("an administrator's one-time password is over after seven days", async () => {
  const { identity, robin, system } = await withTwoSessions();
  const oneTime = await giveOneTimePassword(system, robin.id);
  const tried = () => signIn(identity, { email: robin.email, password: oneTime }, from);
  expect(await tried()).toMatchObject({ step: "newPassword" });
  await system
    .updateTable("user_credentials")
    .set({ expires_at: sql`expires_at - interval '7 days'` })
    .where("user_id", "=", robin.id)
    .execute();
  await expect(tried()).rejects.toMatchObject({ code: "UNAUTHORIZED", message: expect.stringContaining("is over") as string }); // prettier-ignore
});
