import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fileSecrets } from "./file-secrets.ts";

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "careboard-secret-")), "desk");
});
afterEach(() => rm(join(folder, ".."), { recursive: true }));

test("the secret is kept across starts until it is erased", async () => {
  expect(await fileSecrets(folder).read()).toBeNull();
  await fileSecrets(folder).write("one");
  await fileSecrets(folder).write("two");
  expect(await fileSecrets(folder).read()).toBe("two");
  expect(await readdir(folder)).toEqual(["session.secret"]);
  await fileSecrets(folder).erase();
  await fileSecrets(folder).erase();
  expect(await fileSecrets(folder).read()).toBeNull();
});

test.skipIf(process.platform === "win32")(
  "only this account may read it, also after an interrupted writing",
  async () => {
    await fileSecrets(folder).write("one");
    // What a power cut may have left behind, with rights that are too wide.
    await writeFile(join(folder, "session.secret.new"), "half", { mode: 0o644 });
    await fileSecrets(folder).write("two");
    expect((await stat(join(folder, "session.secret"))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  },
);
