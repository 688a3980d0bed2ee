import { expect } from "@playwright/test";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { abandonedCall, answeredCall } from "../fixtures/cdr.ts";
import { Program } from "../fixtures/program.ts";
import { signIn, test, tile } from "../fixtures/test.ts";

type Totals = { totals: { offered: number; answered: number; abandoned: number } };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test("server, PostgreSQL, collector and desk killed while records flow: nothing lost, nothing twice, no refetch", async ({
  product,
  browser,
}) => {
  test.setTimeout(240_000);
  const at = (name: string) => join(product.folder, name);
  writeFileSync(at("secret"), await product.addSource("flow", "brightside-north"));
  writeFileSync(at("cdr.log"), "");
  const collect = () =>
    new Program("src-server/telephony/collector/main.ts", ["--source", "flow", "--server", product.serverUrl, "--secret-file", at("secret"), "--file", at("cdr.log"), "--follow"], { CAREBOARD_HOME: at("collector") }); // prettier-ignore
  let collector = collect();
  let desk = await product.startDesk();
  const page = await browser.newPage();
  await page.goto(desk.url);
  await signIn(page, "manager@brightside.example");

  let answered = 0;
  let abandoned = 0;
  const write = () => {
    // The last line is cut in two, as a phone system that is writing leaves it.
    const lines = Array.from({ length: 40 }, (_, n) => {
      if (n % 4 === 0) {
        abandoned++;
        return abandonedCall({ startedSecondsAgo: 50 });
      }
      answered++;
      return answeredCall({ startedSecondsAgo: 80 });
    });
    const text = `${lines.join("\n")}\n`;
    const cut = text.length - 30;
    appendFileSync(at("cdr.log"), text.slice(0, cut));
    return () => appendFileSync(at("cdr.log"), text.slice(cut));
  };
  for (let round = 0; round < 6; round++) {
    const finish = write();
    await pause(150 + round * 90);
    if (round === 1 || round === 4) await product.killServer("SIGKILL");
    if (round === 2) product.killDatabase();
    if (round === 3) await collector.kill("SIGKILL");
    if (round === 5) await desk.program.kill("SIGKILL");
    finish();
    await pause(400);
    if (round === 1 || round === 4) await product.startServer();
    if (round === 3) collector = collect();
  }
  desk = await product.startDesk();
  await page.goto(desk.url);
  await signIn(page, "manager@brightside.example");
  await expect(tile(page, "Offered", 240)).toBeVisible({ timeout: 60_000 });
  await expect(tile(page, "Answered", answered)).toBeVisible();
  await expect(tile(page, "Abandoned", abandoned)).toBeVisible();
  const today = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  const { totals } = await product.api<Totals>(
    await product.token("manager@brightside.example"),
    `/api/reports/call-analytics?startDate=${today(-2)}&endDate=${today(1)}`,
  );
  expect(totals).toMatchObject({ offered: 240, answered, abandoned });
  const health = (await (await fetch(`${product.serverUrl}/api/processing/health-check`)).json()) as {
    data: { sync: { snapshots: number } };
  };
  expect(health.data.sync.snapshots).toBe(0);
  await collector.kill("SIGTERM");
  await page.close();
});
