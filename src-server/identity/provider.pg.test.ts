import { createHash, randomBytes } from "node:crypto";
import { Hono } from "hono";
import { pino } from "pino";
import { expect, test } from "vitest";
import { createIdentity } from "./identity.ts";
import { deviceForTest, from, peopleForTest } from "./people-for-test.ts";
import { providerFinish } from "./provider-finish.ts";
import { browse, clientForTest, type PersonAtProvider, providerForTest } from "./provider-for-test.ts";
import { providerRoute } from "./provider-route.ts";
import { providerStart } from "./provider-start.ts";

const publicUrl = "http://careboard.test";
const verifierForTest = () => randomBytes(32).toString("base64url");
const challengeOf = (verifier: string) => createHash("sha256").update(verifier).digest("base64url");

/** A server with a real provider beside it; `walk` goes through the browser's part and stops at our callback. */
async function withProvider(options: { claimsInIdToken?: boolean } = {}) {
  const people = await peopleForTest();
  const at = await providerForTest(`${publicUrl}/auth/oidc/callback`, options);
  const provider = { id: "idp", title: "Test IdP", kind: "oidc" as const, issuer: at.issuer, domains: ["otter.example"], tenant: null, ...clientForTest }; // prettier-ignore
  const identity = createIdentity({ db: people.system, keys: people.identity.keys, providers: [provider], publicUrl });
  const app = new Hono();
  app.route("/", providerRoute({ identity, log: pino({ level: "silent" }), trustProxy: false }));
  const begin = async (verifier: string) => {
    const { url } = await providerStart(identity, { provider: "idp", challenge: challengeOf(verifier), port: 51234, device: deviceForTest() }); // prettier-ignore
    return url;
  };
  const atProvider = (url: string, person: PersonAtProvider) => {
    at.next.person = person;
    return browse(url, (u) => u.origin === publicUrl);
  };
  const callback = async (url: URL) => {
    const response = await app.request(url.pathname + url.search);
    const to = response.headers.get("location");
    return { status: response.status, page: await response.text(), to: to ? new URL(to) : null };
  };
  const walk = async (person: PersonAtProvider, verifier = verifierForTest()) => {
    const answer = await callback(await atProvider(await begin(verifier), person));
    const code = answer.to?.searchParams.get("code") ?? "";
    return { ...answer, code, verifier, finish: () => providerFinish(identity, { code, verifier }, from) };
  };
  return { ...people, at, identity, begin, atProvider, callback, walk };
}
const at = (email: string, sub = "subject-1", more: object = {}) => ({ sub, email, email_verified: true, ...more });

test("through the provider and back to this machine's desk; from then on the subject counts, not the address", async () => {
  const { walk, person, system } = await withProvider();
  const robin = await person();
  const first = await walk(at(robin.email.toUpperCase()));
  expect(first.status).toBe(302);
  expect(first.to?.href).toMatch(/^http:\/\/127\.0\.0\.1:51234\/signed-in\?code=[\w-]{43}$/);
  expect(await first.finish()).toMatchObject({ step: "signedIn", person: { id: robin.id } });
  expect(await system.selectFrom("oidc_sign_ins").selectAll().execute()).toEqual([]);

  const renamed = await walk(at("robin.new@elsewhere.example", "subject-1", { email_verified: false }));
  expect(await renamed.finish()).toMatchObject({ step: "signedIn", person: { id: robin.id } });
});

test("somebody to whom the address was given later does not get the account", async () => {
  const { walk, person } = await withProvider();
  const robin = await person();
  await (await walk(at(robin.email))).finish();
  const other = await walk(at(robin.email, "subject-2"));
  expect([other.status, other.to]).toEqual([400, null]);
  expect(other.page).toContain("is linked to another one of Test IdP");
});

test.each([
  ["an address that is not verified", (email: string) => at(email, "s", { email_verified: false }), "does not vouch"],
  ["no word on whether it is verified", (email: string) => ({ sub: "s", email }), "does not vouch"],
  ["another domain", () => at("robin@heron.example"), "Addresses of this domain"],
  ["a domain that only ends alike", () => at("robin@not-otter.example"), "Addresses of this domain"],
  ["nobody who was invited", () => at("stranger@otter.example"), "There is no account here"],
])("%s: refused on a page that says what to do", async (_, claims, sentence) => {
  const { walk, person, system } = await withProvider();
  const robin = await person();
  const answer = await walk(claims(robin.email));
  expect([answer.status, answer.to]).toEqual([400, null]);
  expect(answer.page).toContain(sentence);
  expect(await system.selectFrom("user_identities").selectAll().execute()).toEqual([]);
});

test("an account that was disabled, and a person who says no at the provider", async () => {
  const { walk, person, system, at: provider } = await withProvider();
  const robin = await person();
  await (await walk(at(robin.email))).finish();
  await system.updateTable("users").set({ active: false }).where("id", "=", robin.id).execute();
  expect((await walk(at(robin.email))).page).toContain("There is no account here");
  provider.next.refuse = true;
  expect((await walk(at(robin.email))).page).toContain("did not let you in");
});

test("the provider's answer counts once, its state must be ours, and its code must be the one of that state", async () => {
  const { begin, atProvider, callback, person } = await withProvider();
  const robin = await person();
  const url = await atProvider(await begin(verifierForTest()), at(robin.email));
  expect((await callback(url)).status).toBe(302);
  expect((await callback(url)).page).toContain("was used already");

  const forged = new URL(url);
  forged.searchParams.set("state", verifierForTest());
  expect((await callback(forged)).page).toContain("was used already");

  const [mine, theirs] = [
    await atProvider(await begin(verifierForTest()), at(robin.email)),
    await atProvider(await begin(verifierForTest()), at(robin.email)),
  ];
  mine.searchParams.set("code", theirs.searchParams.get("code") ?? "");
  expect((await callback(mine)).page).toContain("gave an answer that can");
});

test("the desk's code counts once, within two minutes, and only with the verifier of the desk that began", async () => {
  const { walk, person, identity, system } = await withProvider();
  const robin = await person();
  const refused = { code: "UNAUTHORIZED" };
  const stolen = await walk(at(robin.email));
  await expect(providerFinish(identity, { code: stolen.code, verifier: verifierForTest() }, from)).rejects.toMatchObject(refused); // prettier-ignore
  // A thief's try used it up: nobody gets in by it.
  await expect(stolen.finish()).rejects.toMatchObject(refused);
  const good = await walk(at(robin.email));
  await good.finish();
  await expect(good.finish()).rejects.toMatchObject(refused);
  const late = await walk(at(robin.email));
  await system
    .updateTable("oidc_sign_ins")
    .set({ expires_at: new Date(Date.now() - 1).toISOString() })
    .execute();
  await expect(late.finish()).rejects.toMatchObject(refused);
});

test("a sign-in that took longer than ten minutes is over, and one without PKCE never begins", async () => {
  const { begin, atProvider, callback, person, system } = await withProvider();
  const robin = await person();
  const url = await atProvider(await begin(verifierForTest()), at(robin.email));
  await system
    .updateTable("oidc_sign_ins")
    .set({ expires_at: new Date(Date.now() - 1).toISOString() })
    .execute();
  expect((await callback(url)).page).toContain("took too long");

  const bare = new URL(await begin(verifierForTest()));
  expect(bare.searchParams.get("code_challenge_method")).toBe("S256");
  bare.searchParams.delete("code_challenge");
  bare.searchParams.delete("code_challenge_method");
  const back = await atProvider(bare.href, at(robin.email));
  expect(back.searchParams.get("error")).toBe("invalid_request");
  expect((await callback(back)).status).toBe(400);
});

test("a clinic's second factor is still demanded, unless the provider had one", async () => {
  const { walk, person, system, organization } = await withProvider();
  const robin = await person();
  await system
    .insertInto("clinic_security")
    .values({ clinic_id: organization.clinics[0], second_factor: true })
    .execute();
  expect(await (await walk(at(robin.email))).finish()).toMatchObject({ step: "enrolSecondFactor" });
  expect(await (await walk(at(robin.email, "subject-1", { amr: ["pwd"] }))).finish()).toMatchObject({ step: "enrolSecondFactor" }); // prettier-ignore
  expect(await (await walk(at(robin.email, "subject-1", { amr: ["pwd", "mfa"] }))).finish()).toMatchObject({ step: "signedIn" }); // prettier-ignore
});

test("a provider that gives the address only when it is asked for it", async () => {
  const { walk, person } = await withProvider({ claimsInIdToken: false });
  const robin = await person();
  expect(await (await walk(at(robin.email))).finish()).toMatchObject({ step: "signedIn", person: { id: robin.id } });
  expect((await walk(at(robin.email, "subject-2", { email_verified: false }))).page).toContain("does not vouch");
});
