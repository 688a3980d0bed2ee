import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildRenderer } from "./build-renderer.ts";
import { buildReplicaTemplate } from "./build-replica-template.ts";
import { findBrowser } from "./find-browser.ts";
import { run } from "./run.ts";

/** Every test there is, fast ones first; `npm test -- fast pg` runs only those. The last line counts them. */
type Count = { passed: number; failed: number; skipped: number };
/** What vitest and Playwright write of their counts. */
type Report = {
  stats?: { expected: number; unexpected: number; flaky: number; skipped: number };
  numPassedTests?: number;
  numFailedTests?: number;
  numPendingTests?: number;
};
const out = mkdtempSync(join(tmpdir(), "careboard-results-"));
const wanted = process.argv.slice(2);

const stages: Record<string, () => Promise<Count>> = {
  check: async () => {
    let failed = 0;
    for (const [program, args] of [
      ["oxfmt", ["--check", "."]],
      ["oxlint", ["--type-aware", "--deny-warnings"]],
      ["tsc", ["-b"]],
      ["knip", []],
    ] as const)
      // prettier-ignore
      if (!(await run(program, [...args]))) failed++;
    return { passed: 4 - failed, failed, skipped: 0 };
  },
  fast: () => vitest("fast"),
  pg: () => vitest("pg"),
  replica: () => vitest("replica"),
  browser: async () => {
    const browser = await findBrowser();
    await buildRenderer();
    await buildReplicaTemplate();
    const report = join(out, "browser.json");
    const ok = await run("playwright", ["test", "--config", "e2e/playwright.config.ts"], {
      CHROMIUM_PATH: browser,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    });
    return count(report, ok, ({ stats }) => ({
      passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
      failed: stats?.unexpected ?? 0,
      skipped: stats?.skipped ?? 0,
    }));
  },
};

async function vitest(project: string): Promise<Count> {
  const report = join(out, `${project}.json`);
  const ok = await run("vitest", [
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  return count(report, ok, (r) => ({
    passed: r.numPassedTests ?? 0,
    failed: r.numFailedTests ?? 0,
    skipped: r.numPendingTests ?? 0,
  }));
}

/** A stage that broke down before it could count is one failure, never none. */
function count(file: string, ok: boolean, read: (report: Report) => Count): Count {
  try {
    const counted = read(JSON.parse(readFileSync(file, "utf8")) as Report);
    return ok || counted.failed > 0 ? counted : { ...counted, failed: 1 };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const total: Count = { passed: 0, failed: 0, skipped: 0 };
const broken: string[] = [];
for (const [name, stage] of Object.entries(stages)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const began = Date.now();
  console.log(`\n== ${name}`);
  const result = await stage().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  console.log(
    `== ${name}: ${result.passed} passed, ${result.failed} failed (${Math.round((Date.now() - began) / 1000)} s)`,
  );
  if (result.failed > 0) broken.push(name);
  total.passed += result.passed;
  total.failed += result.failed;
  total.skipped += result.skipped;
}
rmSync(out, { recursive: true, force: true });
console.log(broken.length === 0 ? "\nAll green." : `\nNot green: ${broken.join(", ")}.`);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
