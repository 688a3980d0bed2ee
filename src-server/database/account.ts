import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Whom PostgreSQL runs as. */
export type Account = { uid: number; gid: number };

/**
 * The account PostgreSQL runs as when we are root: whoever owns the cluster already, else `postgres`, else an account
 * `careboard` made for it, else nobody. Null when we are not root: then it runs as ourselves.
 */
export function account(cluster: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  if (existsSync(join(cluster, "PG_VERSION"))) {
    const { uid, gid } = statSync(cluster);
    if (uid !== 0) return { uid, gid };
  }
  return named("postgres") ?? named("careboard") ?? made("careboard") ?? { uid: 65534, gid: 65534 };
}

function named(name: string): Account | null {
  const users = existsSync("/etc/passwd") ? readFileSync("/etc/passwd", "utf8") : "";
  const fields = users
    .split("\n")
    .find((line) => line.startsWith(`${name}:`))
    ?.split(":");
  return fields ? { uid: Number(fields[2]), gid: Number(fields[3]) } : null;
}

function made(name: string): Account | null {
  try {
    execFileSync("useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name], {
      stdio: "ignore",
    });
  } catch {
    return null;
  }
  return named(name);
}
