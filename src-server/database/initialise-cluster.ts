import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chownSync, closeSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Account } from "./account.ts";
import { lastWords, postgresProgram } from "./postgres-program.ts";

/**
 * Makes a new cluster and its password. It gets its name only when it is whole: a set-up that is killed half-way is
 * begun anew by the next start.
 * @throws an Error with initdb's own words
 */
export async function initialiseCluster(program: string, cluster: string, passwordFile: string, runAs: Account | null) {
  const making = `${cluster}.new`;
  const handover = `${passwordFile}.new`;
  const password = randomBytes(24).toString("base64url");
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true, mode: 0o700 });
  for (const file of [passwordFile, handover]) {
    rmSync(file, { force: true });
    writeFileSync(file, password, { mode: 0o600 });
  }
  if (runAs) for (const path of [making, handover]) chownSync(path, runAs.uid, runAs.gid);
  const handle = openSync(handover, "r");
  const init = postgresProgram(
    join(program, "bin", "initdb"),
    ["-D", "CLUSTER", "-U", "careboard", "--auth=scram-sha-256", "--pwfile", process.platform === "linux" ? "/proc/self/fd/4" : handover,
      "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums", "--no-instructions"], // prettier-ignore
    making,
    runAs,
    handle,
  );
  const words = lastWords(init);
  const [code] = (await once(init, "exit")) as [number | null];
  closeSync(handle);
  rmSync(handover, { force: true });
  if (code !== 0) throw new Error(`PostgreSQL could not be set up in ${cluster}: ${words().trim()}`);
  rmSync(cluster, { recursive: true, force: true });
  renameSync(making, cluster);
}
