import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { abandonedCall, answeredCall } from "../fixtures/cdr.ts";
import { test, tile } from "../fixtures/test.ts";

async function violationsOf(page: Page, where: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map((v) => `${where}: ${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`);
}

test("every screen is clean for axe, light and dark", async ({ product, enter }) => {
  const secret = await product.addSource("journey", "brightside-north");
  const lines = Array.from({ length: 30 }, (_, n) =>
    n % 4 === 0 ? abandonedCall() : answeredCall({ waitSeconds: n }),
  );
  await product.post("journey", secret, `${lines.join("\n")}\nnot a record\n`);
  const page = await enter({ email: "admin@brightside.example" });
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [hash, heading] of [
      ["today", "Today"],
      ["calls", "Calls"],
      ["trends", "Trends"],
      ["administration/people", "People and roles"],
      ["administration/locations", "Locations"],
      ["administration/devices", "Devices"],
      ["administration/sources", "Sources"],
      ["administration/retention", "Retention"],
      ["administration/audit", "Audit log"],
      ["board", "Brightside North"],
    ] as const) {
      // prettier-ignore
      await page.evaluate((to) => (location.hash = `#/${to}`), hash);
      await page.getByRole("heading", { name: heading }).first().waitFor();
      await page.waitForTimeout(500);
      found.push(...(await violationsOf(page, `${hash} ${colorScheme}`)));
    }
  }
  expect(found).toEqual([]);
});

test("keyboard alone: from signing in to a call's line and back", async ({ product, browser }) => {
  const secret = await product.addSource("journey", "brightside-north");
  await product.post("journey", secret, `${abandonedCall({ caller: "2025550155" })}\n`);
  const page = await browser.newPage();
  await page.goto((await product.startDesk()).url);
  await page.getByLabel(/e-?mail/i).waitFor();
  await page.keyboard.press("Tab");
  await page.getByLabel(/e-?mail/i).focus();
  await page.keyboard.type("manager@brightside.example");
  await page.keyboard.press("Tab");
  await page.keyboard.type("careboard-demo");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Today" }).waitFor();
  await expect(tile(page, "Abandoned", 1)).toBeVisible();
  await tile(page, "Abandoned", 1).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Calls" }).waitFor();
  await expect(page.getByText("2025550155").first()).toBeVisible();
  await page.getByRole("grid").or(page.getByRole("table")).first().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/TerminatedBySrc,2025550155/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText(/TerminatedBySrc,2025550155/)).toHaveCount(0);
  await page.close();
});
