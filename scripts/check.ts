import { run } from "./run.ts";

/** What must hold at every commit: format, lint with types, types, dead code, fast tests. */
const steps: [string, () => Promise<boolean>][] = [
  ["format", () => run("oxfmt", ["--check", "."])],
  ["lint", () => run("oxlint", ["--type-aware", "--deny-warnings"])],
  ["types", () => run("tsc", ["-b"])],
  ["dead code", () => run("knip", [])],
  ["fast tests", () => run("vitest", ["run", "--project", "fast"])],
];

const failed: string[] = [];
for (const [name, step] of steps) {
  console.log(`\n== ${name}`);
  if (!(await step())) failed.push(name);
}
console.log(failed.length === 0 ? "\ncheck: all green" : `\ncheck: ${failed.join(", ")} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
