import type { Broken } from "./protocol.ts";

/** True for PostgreSQL's and the system's way of saying that there is no room left. */
export function isDiskFull(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return code === "53100" || code === "ENOSPC" || /no space left|disk is full/i.test(String(message));
}

/** What kind of breakdown an error is. @param damage what was noticed of the files, which PostgreSQL says less plainly */
export function brokenBy(error: unknown, damage: string | null): Broken {
  const problem = damage ?? (error instanceof Error ? error.message : String(error));
  const { code } = error as { code?: unknown };
  // 58 is the system's class (a file that can't be read), XX001 and XX002 are tables and indexes that make no sense.
  const damaged = damage !== null || (typeof code === "string" && /^(58|XX00[12])/.test(code));
  if (!damaged || isDiskFull(error)) return { kind: isDiskFull(error) ? "diskFull" : "other", problem };
  return { kind: "damaged", problem };
}
