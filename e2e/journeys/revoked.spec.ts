import { expect } from "@playwright/test";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Administrator } from "../fixtures/administrator.ts";
import { abandonedCall, answeredCall } from "../fixtures/cdr.ts";
import { test, tile } from "../fixtures/test.ts";

const email = "manager@brightside.example";

test("a role taken while its desk is open: the rows leave, the person reads why and how many, the server has a receipt", async ({
  product,
  enter,
}) => {
  const secret = await product.addSource("journey", "brightside-north");
  await product.post("journey", secret, `${answeredCall()}\n${answeredCall()}\n${abandonedCall()}\n`);
  const page = await enter({ email });
  await expect(tile(page, "Offered", 3)).toBeVisible();

  const administrator = new Administrator(product);
  await administrator.setRole(email, "provider");
  await expect(page.getByRole("heading", { name: "Your access has changed" })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/you were .*manager.* and are .*provider/i).first()).toBeVisible();
  await expect(page.getByText(/3 calls/)).toBeVisible();
  await page.getByRole("button", { name: "I have read this" }).click();
  await expect(page.getByRole("heading", { name: "Your access has changed" })).toHaveCount(0);
  await expect
    .poll(async () => (await administrator.receipts())[0])
    .toMatchObject({ reason: "accessChanged", removed: { calls: 3 } });
  // And back: what is theirs again comes again.
  await administrator.setRole(email, "manager");
  await page.getByRole("button", { name: "I have read this" }).click({ timeout: 60_000 });
  await page.getByRole("link", { name: "Today" }).click();
  await expect(tile(page, "Offered", 3)).toBeVisible({ timeout: 60_000 });
});

test("an account disabled while its desk is off: at the next contact what it holds is erased, and nothing is said to be deleted", async ({
  product,
  browser,
}) => {
  const secret = await product.addSource("journey", "brightside-north");
  await product.post("journey", secret, `${answeredCall()}\n`);
  const desk = await product.startDesk();
  const page = await browser.newPage();
  await page.goto(desk.url);
  await page.getByLabel(/e-?mail/i).fill(email);
  await page.getByLabel("Password").fill("careboard-demo");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(tile(page, "Offered", 1)).toBeVisible();
  await desk.program.kill("SIGKILL");
  const administrator = new Administrator(product);
  await administrator.disable(email);

  const again = await product.startDesk();
  await page.goto(again.url);
  await page.getByLabel(/e-?mail/i).fill(email);
  await page.getByLabel("Password").fill("careboard-demo");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Your account was disabled by an administrator")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/Nothing was deleted on the server/)).toBeVisible();
  const replicas = join(product.deskFolder(), "replicas");
  const left = () =>
    readdirSync(replicas).filter(
      (name) => existsSync(join(replicas, name, "data")) || existsSync(join(replicas, name, "vault.json")),
    );
  await expect.poll(left).toEqual([]);
  await expect
    .poll(async () => (await administrator.receipts())[0])
    .toMatchObject({ reason: "accountDisabled", removed: { calls: 1 } });
  await page.close();
});

test("a device ended while it runs: it says so at once, holds nothing, and nobody signs in there", async ({
  product,
  enter,
}) => {
  const secret = await product.addSource("journey", "brightside-north");
  await product.post("journey", secret, `${answeredCall()}\n`);
  const page = await enter({ email });
  await expect(tile(page, "Offered", 1)).toBeVisible();
  await new Administrator(product).endDevices();
  await expect(page.getByText("An administrator ended this computer’s access")).toBeVisible({ timeout: 60_000 });
  await page.getByLabel(/e-?mail/i).fill("viewer@brightside.example");
  await page.getByLabel("Password").fill("careboard-demo");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Not signed in")).toBeVisible();
});
