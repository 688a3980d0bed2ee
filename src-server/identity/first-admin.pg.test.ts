import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { databaseForTest } from "../database/test-database.ts";
import { createIdentity } from "./identity.ts";
import { identityKeys } from "./identity-keys.ts";
import { newPassword } from "./new-password.ts";
import { from } from "./people-for-test.ts";
import { signIn } from "./sign-in.ts";
import { standingOf } from "./standing.ts";

/** `npm run first-admin` as a person runs it, beside a running database. */
async function withCommand() {
  const { url, system } = await databaseForTest();
  const data = mkdtempSync(join(tmpdir(), "careboard-first-admin-"));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const run = async (...args: string[]) => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, "first-admin-command.ts"), "--data", data, ...args],
      {
        env: { ...process.env, DATABASE_URL: url },
      },
    );
    let [out, err] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
    const [code] = (await once(child, "close")) as [number | null];
    return { code, err, password: out.trimEnd().split("\n").at(-1) ?? "" };
  };
  return { run, system, identity: createIdentity({ db: system, keys: identityKeys(data) }) };
}
const otter = (...more: string[]) => [
  "--organization", "Otter Health", "--clinic", "Riverside", "--time-zone", "America/Detroit",
  "--email", "Ana@otter.example", "--name", "Ana Reed", ...more,
]; // prettier-ignore

test("makes organization, clinic and administrator, who signs in once and chooses a password", async () => {
  const { run, system, identity } = await withCommand();
  const made = await run(...otter());
  expect(made.code).toBe(0);
  const step = await signIn(identity, { email: "ana@otter.example", password: made.password }, from);
  if (step.step !== "newPassword") throw new Error(step.step);
  const inside = await newPassword(identity, { ticket: step.ticket, password: "brisk velvet tundra spoons" }, from);
  if (inside.step !== "signedIn") throw new Error(inside.step);
  const standing = await standingOf(system, inside.sessionId);
  expect(standing).toMatchObject({ is: "member", member: { roles: [{ role: "superadmin" }] } });
  const clinic = await system.selectFrom("clinics").selectAll().executeTakeFirstOrThrow();
  expect(clinic).toMatchObject({ name: "Riverside", slug: "riverside", time_zone: "America/Detroit" });

  const again = await run(...otter());
  expect(again).toMatchObject({ code: 1, err: expect.stringContaining("--reset --email Ana@otter.example") as string });
  expect(await system.selectFrom("clinics").select("id").execute()).toHaveLength(1);
});

test("--reset gives another one-time password, ends the sessions and, asked for, forgets the second factor", async () => {
  const { run, system, identity } = await withCommand();
  const first = await run(...otter());
  await system
    .insertInto("user_second_factors")
    .values({
      user_id: (await system.selectFrom("users").select("id").executeTakeFirstOrThrow()).id,
      sealed_secret: Buffer.alloc(48),
      confirmed_at: new Date().toISOString(),
    })
    .execute();
  for (let i = 0; i < 5; i++)
    await signIn(identity, { email: "ana@otter.example", password: "wrong" }, from).catch(() => {});
  const reset = await run("--reset", "--email", "ana@otter.example");
  expect(reset.password).not.toBe(first.password);
  const step = () => signIn(identity, { email: "ana@otter.example", password: reset.password }, from);
  expect(await step()).toMatchObject({ step: "secondFactor" });
  const lost = await run("--reset", "--email", "ana@otter.example", "--forget-second-factor");
  const now = await signIn(identity, { email: "ana@otter.example", password: lost.password }, from);
  expect(now).toMatchObject({ step: "newPassword" });
  expect(await run("--reset", "--email", "nobody@otter.example")).toMatchObject({
    code: 1,
    err: expect.stringContaining("is no administrator") as string,
  });
});

test("a second organization is another one; errors name the option and say what it takes", async () => {
  const { run, system } = await withCommand();
  await run(...otter());
  const taken = await run(...otter("--organization", "Heron Care"));
  expect(taken.err).toContain("belongs to another organization");
  expect(await system.selectFrom("organizations").select("id").execute()).toHaveLength(1);
  const second = await run(...otter("--organization", "Heron Care", "--email", "bo@heron.example"));
  expect(second.code).toBe(0);
  const slugs = await system.selectFrom("clinics").select("slug").orderBy("slug").execute();
  expect(slugs.map((c) => c.slug)).toEqual(["riverside", "riverside-2"]);
  expect((await run(...otter("--time-zone", "Detroit"))).err).toContain(
    "--time-zone takes a zone like America/Detroit",
  );
  expect((await run("--email", "a@b.example")).err).toContain("--organization is needed.");
});
