import { expect, type Page } from "@playwright/test";
import { join } from "node:path";
import { Administrator } from "../fixtures/administrator.ts";
import { answeredCall } from "../fixtures/cdr.ts";
import { filesBelow, holding } from "../fixtures/files-below.ts";
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

/** The bytes of the longest draft in this page's profile. */
const longestDraft = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open("careboard-drafts");
        opening.addEventListener("error", () => reject(opening.error ?? new Error("There is no such database.")));
        opening.addEventListener("success", () => {
          const db = opening.result;
          const asking = db.transaction("drafts").objectStore("drafts").getAll();
          asking.addEventListener("success", () => {
            const rows = asking.result as { sealed: Uint8Array }[];
            resolve(Math.max(0, ...rows.map(({ sealed }) => sealed.length)));
            db.close();
          });
        });
      }),
  );

test("what was being written outlives page and desk, for the one who wrote it alone, and lies nowhere in clear text", async ({
  product,
  playwright,
  launchOptions,
}) => {
  test.setTimeout(180_000);
  const mark = "Wilhelmina Marker";
  const name = Array.from({ length: 40 }, () => mark).join(" ");
  const profile = join(product.folder, "profile");
  const browser = await playwright.chromium.launchPersistentContext(profile, launchOptions);
  const write = async (page: Page, email: string) => {
    await signIn(page, email);
    await page.getByRole("link", { name: "Administration" }).click();
    await page.getByRole("button", { name: "Add a person" }).click();
    return page.getByLabel("Name", { exact: true });
  };
  const first = await product.startDesk();
  const page = await browser.newPage();
  await page.goto(first.url);
  await (await write(page, "admin@brightside.example")).fill(name);
  await expect.poll(() => longestDraft(page)).toBeGreaterThan(name.length);
  await page.close();
  await first.program.kill("SIGKILL");
  expect(filesBelow(profile).length).toBeGreaterThan(10);
  expect(holding(profile, [mark])).toEqual([]);

  const second = await product.startDesk();
  expect(new URL(second.url).origin).toBe(new URL(first.url).origin);
  const again = await browser.newPage();
  await again.goto(second.url);
  await expect(await write(again, "superadmin@brightside.example")).toHaveValue("");
  await again.getByRole("button", { name: "Cancel" }).click();
  await again.getByRole("button", { name: /lock, password, sign out/i }).click();
  await again.getByRole("menuitem", { name: /^sign out/i }).click();
  await expect(again.getByLabel(/e-?mail/i)).toBeVisible();
  await signIn(again, "admin@brightside.example");
  // The form stands open again.
  await again.getByRole("link", { name: "Administration" }).click();
  await expect(again.getByLabel("Name", { exact: true })).toHaveValue(name);
  await browser.close();
  expect(holding(profile, [mark])).toEqual([]);
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
