import { expect } from "@playwright/test";
import { Administrator } from "../fixtures/administrator.ts";
import { answeredCall } from "../fixtures/cdr.ts";
import { signIn, test, tile } from "../fixtures/test.ts";

test("a locked desk shows nothing, knows a wrong password, and comes back to the same place", async ({
  product,
  enter,
}) => {
  const secret = await product.addSource("journey", "brightside-north");
  await product.post("journey", secret, `${answeredCall()}\n`);
  const page = await enter();
  await expect(tile(page, "Offered", 1)).toBeVisible();
  await page.getByRole("link", { name: "Calls" }).click();
  await page.getByText("2025550143").first().click();
  await expect(page.getByText(/Chain: 2025550143/)).toBeVisible();
  const place = page.url();

  await page.getByRole("button", { name: /lock, password, sign out/i }).click();
  await page.getByRole("menuitem", { name: /^lock/i }).click();
  await expect(page.getByRole("heading", { name: "Locked" })).toBeVisible();
  expect(await page.content()).not.toContain("2025550143");
  // The network is no condition.
  await product.killServer();
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Unlock" }).click();
  await expect(page.getByText("Still locked")).toBeVisible();
  expect(await page.content()).not.toContain("2025550143");
  await page.getByLabel("Password").fill("careboard-demo");
  await page.getByRole("button", { name: "Unlock" }).click();
  await expect(page.getByText("2025550143").first()).toBeVisible();
  expect(page.url()).toBe(place);
});

test("an idle desk locks by itself, and what was being written is there again", async ({ product, enter }) => {
  test.setTimeout(240_000);
  await new Administrator(product).setTerms({ idleMinutes: 1 });
  const page = await enter({ email: "admin@brightside.example" });
  await page.getByRole("link", { name: "Administration" }).click();
  await page.getByRole("button", { name: "Add a person" }).click();
  await page.getByLabel("Name").fill("Half a name");
  await expect(page.getByText(/locks in/i)).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole("heading", { name: "Locked" })).toBeVisible({ timeout: 90_000 });
  expect(await page.content()).not.toContain("Half a name");
  await page.getByLabel("Password").fill("careboard-demo");
  await page.getByRole("button", { name: "Unlock" }).click();
  // The form stands open again.
  await expect(page.getByLabel("Name")).toHaveValue("Half a name");
});

test("a person whose password no longer opens anything is let in by the server, and chooses", async ({
  product,
  browser,
}) => {
  const desk = await product.startDesk();
  const page = await browser.newPage();
  await page.goto(desk.url);
  await signIn(page, "viewer@brightside.example");
  await expect(page.getByRole("status").filter({ hasText: /live/i })).toBeVisible();
  await desk.program.kill("SIGTERM");
  const token = await product.token("viewer@brightside.example");
  const next = "an otter in the reeds";
  await product.call(token, "PUT", "/api/session/password", { current: "careboard-demo", next });

  const again = await product.startDesk();
  await page.goto(again.url);
  await page.getByLabel(/e-?mail/i).fill("viewer@brightside.example");
  await page.getByLabel("Password").fill(next);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: /opens with your old password/i })).toBeVisible();
  await page.getByLabel("Old password").fill("careboard-demo");
  await page.getByRole("button", { name: "Open with it" }).click();
  await expect(page.getByRole("heading", { name: "Today" })).toBeVisible();
  await page.close();
});
