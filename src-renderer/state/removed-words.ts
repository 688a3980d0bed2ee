import type { RowCounts } from "#shared/contract/session.ts";
import { count } from "../format/numbers.ts";

const kinds: Record<string, [one: string, many: string]> = {
  calls: ["call", "calls"],
  agents: ["agent", "agents"],
  queues: ["queue", "queues"],
  locations: ["location", "locations"],
  clinics: ["clinic", "clinics"],
  call_sources: ["phone system", "phone systems"],
  organizations: ["organization", "organizations"],
};

export const removedTotal = (removed: RowCounts): number => Object.values(removed).reduce((sum, rows) => sum + rows, 0);

/** "1 row", "44,123 rows". */
export const rowWords = (rows: number): string => `${count(rows)} ${rows === 1 ? "row" : "rows"}`;

/** What the rows were, largest first: "44,100 calls, 19 agents, 4 figures added up". Empty where nothing was removed. */
export function removedKinds(removed: RowCounts): string {
  const sums = new Map<string, number>();
  for (const [shape, rows] of Object.entries(removed)) {
    const [one, many] = kinds[shape] ?? ["figure added up", "figures added up"];
    if (rows > 0) sums.set(`${one}/${many}`, (sums.get(`${one}/${many}`) ?? 0) + rows);
  }
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .map(([words, rows]) => `${count(rows)} ${words.split("/")[rows === 1 ? 0 : 1]}`)
    .join(", ");
}
