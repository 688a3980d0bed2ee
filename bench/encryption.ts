import { rmSync } from "node:fs";
import { join } from "node:path";
import type { EncryptionFigures } from "./encryption-desk.ts";
import type { Bench } from "./kit/bench.ts";
import { quantile, resultOf } from "./kit/result.ts";
import { runChild } from "./kit/run-child.ts";

const rounds = 3;

/** What the encryption of the replica's files costs: the same rows and questions with and without, in turns. */
export const encryption: Bench = {
  id: "encryption",
  title: "the replica's files encrypted, and in clear text beside",
  run: async ({ folder, sizes, log }) => {
    const all: Record<"encrypted" | "clear", EncryptionFigures[]> = { encrypted: [], clear: [] };
    for (let round = 0; round < rounds; round++)
      for (const kind of ["encrypted", "clear"] as const) {
        const place = join(folder, `encryption-${kind}-${round}`);
        const input = { folder: place, encrypted: kind === "encrypted", rows: sizes.sync, runs: sizes.runs / 2 };
        all[kind].push(await runChild<EncryptionFigures>(join(import.meta.dirname, "encryption-desk.ts"), input, 300));
        rmSync(place, { recursive: true, force: true });
        log(`  ${kind}: ${Math.round(all[kind].at(-1)?.rowsPerSecond ?? 0)} rows/s`);
      }
    const samples = (kind: keyof typeof all, of: (figures: EncryptionFigures) => number[]) => all[kind].flatMap(of);
    const compare = (id: string, title: string, unit: "ms" | "rows/s", of: (figures: EncryptionFigures) => number[], bound: (clear: number) => number) => {
      const clear = samples("clear", of);
      return resultOf({ id, title, unit, samples: samples("encrypted", of), budget: { median: Math.round(bound(quantile(clear, 0.5)) * 100) / 100 }, peers: { "in clear text": clear } });
    }; // prettier-ignore
    const names = Object.keys(all.clear[0]?.queries ?? {});
    return [
      compare("encrypted-load", "filling a replica, encrypted", "rows/s", (f) => [f.rowsPerSecond], (clear) => clear / 1.36), // prettier-ignore
      compare(
        "encrypted-opening",
        "opening it again",
        "ms",
        (f) => f.opening,
        (clear) => clear + 500,
      ),
      ...names.map((name) => compare(`encrypted-${name.replaceAll(/[^a-z0-9]+/g, "-")}`, `asked warm: ${name}`, "ms", (f) => f.queries[name] ?? [], (clear) => clear * 1.14)), // prettier-ignore
    ];
  },
};
