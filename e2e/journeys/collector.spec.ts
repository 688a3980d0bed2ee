import { expect } from "@playwright/test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { abandonedCall, answeredCall } from "../fixtures/cdr.ts";
import { Program } from "../fixtures/program.ts";
import { test } from "../fixtures/test.ts";

type Totals = { totals: { offered: number; answered: number; abandoned: number } };

test("a file of records through the collector, twice, shuffled, and with the server gone meanwhile: each call once", async ({
  product,
}) => {
  const secret = await product.addSource("files", "lakeview");
  const at = (name: string) => join(product.folder, name);
  writeFileSync(at("secret"), secret);
  const lines = Array.from({ length: 600 }, (_, n) =>
    n % 3 === 0 ? abandonedCall({ startedSecondsAgo: 60 + n }) : answeredCall({ startedSecondsAgo: 90 + n }),
  );
  writeFileSync(at("a.log"), `${lines.slice(0, 400).join("\r\n")}\r\n`);
  writeFileSync(at("b.log"), `${lines.toReversed().join("\n")}\n`);
  const collect = (file: string) =>
    new Program(
      "src-server/telephony/collector/main.ts",
      ["--source", "files", "--server", product.serverUrl, "--secret-file", at("secret"), "--file", at(file)],
      { CAREBOARD_HOME: at("collector") },
    );

  await product.killServer("SIGKILL");
  const waiting = collect("a.log");
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await waiting.kill("SIGKILL");
  await product.startServer();
  expect(await collect("a.log").exit()).toBe(0);
  expect(await collect("b.log").exit()).toBe(0);
  expect(await collect("b.log").exit()).toBe(0);

  const token = await product.token("manager@lakeview.example");
  const range = `startDate=${daysAgo(2)}&endDate=${daysAgo(-1)}`;
  const { totals } = await product.api<Totals>(token, `/api/reports/call-analytics?${range}`);
  expect(totals).toMatchObject({ offered: 600, answered: 400, abandoned: 200 });
});

const daysAgo = (n: number) => new Date(Date.now() - n * 86_400_000).toISOString().slice(0, 10);
