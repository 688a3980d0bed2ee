import type { Broken } from "../replica/protocol.ts";

/** Why a replica can't go on, out of PostgreSQL's words into what a person can do. */
export function replicaProblem({ kind, problem }: Broken): string {
  if (kind === "diskFull") return "The disk is full. Free some room on it, then connect again.";
  if (/replica|disk/i.test(problem)) return problem;
  return `The desk's copy of the data can't go on (${problem}). Connect again to open it anew.`;
}
