import { sql } from "kysely";
import { expect, test } from "vitest";
import { forgetExpired } from "./forget-expired.ts";
import { from, password, peopleForTest } from "./people-for-test.ts";
import { signIn } from "./sign-in.ts";

test("what is over is forgotten, what still counts stays; a session that nobody can refresh is expired", async () => {
  const { identity, person, system } = await peopleForTest();
  const begin = async () => {
    const { email, id } = await person();
    const begun = await signIn(identity, { email, password }, from);
    if (begun.step !== "signedIn") throw new Error(begun.step);
    await system.updateTable("sessions").set({ created_at: sql`now() - interval '40 days'` }).where("user_id", "=", id).execute(); // prettier-ignore
    return begun.sessionId;
  };
  const [good, idle, old] = [await begin(), await begin(), await begin()];
  await system.updateTable("refresh_tokens").set({ expires_at: sql`now() - interval '2 days'` }).where("session_id", "=", idle).execute(); // prettier-ignore
  await system
    .updateTable("sessions")
    .set({ expires_at: sql`now()` })
    .where("id", "=", old)
    .execute();
  const failure = (digest: string, ago: string) => ({ kind: "account", digest: Buffer.from(digest), failures: 5, last_at: sql<string>`now() - ${ago}::interval` }); // prettier-ignore
  await system
    .insertInto("sign_in_failures")
    .values([failure("new", "10 minutes"), failure("over", "2 hours")])
    .execute();
  const oidc = (state: string, expires: string) => ({ state: Buffer.from(state), provider: "idp", sealed: "{}", expires_at: sql<string>`now() + ${expires}::interval` }); // prettier-ignore
  await system
    .insertInto("oidc_sign_ins")
    .values([oidc("new", "1 minute"), oidc("over", "-1 minute")])
    .execute();

  await forgetExpired(system);

  const sessions = await system.selectFrom("sessions").select(["id", "ended_reason"]).execute();
  expect(new Map(sessions.map((s) => [s.id, s.ended_reason]))).toEqual(
    new Map([
      [good, null],
      [idle, "expired"],
      [old, "expired"],
    ]),
  );
  const tokens = await system.selectFrom("refresh_tokens").select("session_id").execute();
  expect(new Set(tokens.map((t) => t.session_id))).toEqual(new Set([good, old]));
  expect((await system.selectFrom("sign_in_failures").select("digest").execute()).map((f) => Buffer.from(f.digest).toString())).toEqual(["new"]); // prettier-ignore
  expect((await system.selectFrom("oidc_sign_ins").select("state").execute()).map((o) => Buffer.from(o.state).toString())).toEqual(["new"]); // prettier-ignore
});
