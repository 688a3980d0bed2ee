import { expect } from "@playwright/test";
import { abandonedCall, answeredCall } from "../fixtures/cdr.ts";
import { signIn, test, tile } from "../fixtures/test.ts";

type Shapes = { sync: { snapshots: number } };

test("the server killed: the desk says since when, goes on answering, and catches up without fetching again", async ({
  product,
  enter,
}) => {
  const secret = await product.addSource("journey", "brightside-north");
  await product.post("journey", secret, `${answeredCall()}\n`);
  const page = await enter();
  await expect(tile(page, "Offered", 1)).toBeVisible();

  await product.killServer("SIGKILL");
  await expect(page.getByRole("status").filter({ hasText: /offline since/i })).toBeVisible();
  await page.getByRole("link", { name: "Calls" }).click();
  await expect(page.getByText("2025550143").first()).toBeVisible();
  await page.getByRole("link", { name: "Today" }).click();
  await expect(tile(page, "Offered", 1)).toBeVisible();

  await product.startServer();
  await product.post("journey", secret, `${abandonedCall()}\n`);
  await expect(page.getByRole("status").filter({ hasText: /live/i })).toBeVisible({ timeout: 60_000 });
  await expect(tile(page, "Offered", 2)).toBeVisible();
  // Snapshots made by this server process: none, because every desk went on from its stored offset.
  const health = (await (await fetch(`${product.serverUrl}/api/processing/health-check`)).json()) as { data: Shapes };
  expect(health.data.sync.snapshots).toBe(0);
});

test("the desk killed and started without a server: the same person finds the same figures", async ({
  product,
  browser,
}) => {
  const secret = await product.addSource("journey", "brightside-north");
  await product.post("journey", secret, `${answeredCall()}\n${answeredCall()}\n${abandonedCall()}\n`);
  const first = await product.startDesk("desk");
  const page = await browser.newPage();
  await page.goto(first.url);
  await signIn(page, "manager@brightside.example");
  await expect(tile(page, "Offered", 3)).toBeVisible();
  await first.program.kill("SIGKILL");
  await product.killServer("SIGKILL");

  const second = await product.startDesk("desk");
  await page.goto(second.url);
  // What lies on the disk opens with the password, network or not.
  await signIn(page, "manager@brightside.example");
  await expect(tile(page, "Offered", 3)).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: /offline/i })).toBeVisible();
  await page.close();
});
