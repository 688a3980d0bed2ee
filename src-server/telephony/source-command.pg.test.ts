import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { clinicForTest } from "./fixture/clinic.ts";

/** `npm run source` as a person runs it, beside a running database. */
async function source(url: string, ...args: string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, "source-command.ts"), ...args], {
    env: { ...process.env, DATABASE_URL: url },
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out, err, last: out.trimEnd().split("\n").at(-1) ?? "" };
}

test("adds a source and prints its secret as the last line; rotating gives another", async () => {
  const { url, systemPool, ids } = await clinicForTest();
  const held = async () =>
    (
      await systemPool.query<{ secret: string }>(
        "select secret from call_source_secrets join call_sources on id = source_id where name = 'pbx-2' and clinic_id = $1",
        [ids.clinic],
      )
    ).rows[0]?.secret;
  const added = await source(url, "add", "pbx-2", "--clinic", "c");
  expect(added.code).toBe(0);
  expect(added.last).toMatch(/^[\w-]{43}$/);
  expect(await held()).toBe(added.last);
  const rotated = await source(url, "rotate", "pbx-2");
  expect(await held()).toBe(rotated.last);
  expect(rotated.last).not.toBe(added.last);
  const list = await source(url, "list");
  expect(list.out.split("\n").map((line) => line.split("\t").slice(0, 2).join(" "))).toEqual(["c pbx", "c pbx-2", ""]);
  expect(list.out).not.toContain(rotated.last);
});

test("errors say what to do", async () => {
  const { url } = await clinicForTest();
  expect(await source(url, "add", "pbx-2", "--clinic", "nowhere")).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringContaining("The clinics are: c.") as string,
  });
  expect(await source(url, "add", "pbx", "--clinic", "c")).toMatchObject({
    code: 1,
    err: expect.stringContaining("is taken") as string,
  });
  expect(await source(url, "add", "a b", "--clinic", "c")).toMatchObject({
    code: 1,
    err: expect.stringContaining("is no name") as string,
  });
  expect(await source(url, "rotate", "nobody")).toMatchObject({
    code: 1,
    err: expect.stringContaining("The sources are: pbx.") as string,
  });
  expect(await source(url, "add", "pbx-2")).toMatchObject({
    code: 1,
    err: expect.stringContaining("Usage:") as string,
  });
});
