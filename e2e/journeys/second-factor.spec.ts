import { expect, type Page } from "@playwright/test";
import { TOTP, URI } from "otpauth";
import { Administrator } from "../fixtures/administrator.ts";
import { test } from "../fixtures/test.ts";

const email = "manager@brightside.example";

async function password(page: Page): Promise<void> {
  await page.getByLabel(/e-?mail/i).fill(email);
  await page.getByLabel("Password").fill("careboard-demo");
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("where a clinic demands a second factor it is set up once, and asked for from then on", async ({
  product,
  browser,
}) => {
  await new Administrator(product).setTerms({ secondFactor: true });
  const page = await browser.newPage();
  await page.goto((await product.startDesk("first")).url);
  await password(page);
  await expect(page.getByRole("heading", { name: "Set up a second factor" })).toBeVisible();
  await expect(page.getByRole("img", { name: /QR code/ })).toBeVisible();
  const secret = (
    await page
      .getByText(/^([A-Z2-7]{4} ?){4,}$/)
      .first()
      .innerText()
  ).replaceAll(/\s/g, "");
  const totp = URI.parse(`otpauth://totp/Careboard:x?secret=${secret}&digits=6&period=30&issuer=Careboard`) as TOTP;
  await page.getByLabel(/six digits/i).fill("000000");
  await page.keyboard.press("Enter");
  await expect(
    page
      .getByRole("alert")
      .or(page.getByText(/not|wrong|match/i))
      .first(),
  ).toBeVisible();
  await page.getByLabel(/six digits/i).fill(totp.generate());
  await page.keyboard.press("Enter");
  await expect(page.getByRole("list", { name: "Recovery codes" })).toBeVisible();
  const recovery = await page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").first().innerText();
  await page.getByRole("button", { name: /kept them/i }).click();
  await expect(page.getByRole("heading", { name: "Today" })).toBeVisible();

  // Another computer: the password alone is not enough, a recovery code does once.
  const other = await browser.newPage();
  await other.goto((await product.startDesk("second")).url);
  await password(other);
  await expect(other.getByRole("heading", { name: "Second factor" })).toBeVisible();
  await other.getByRole("button", { name: /recovery code/i }).click();
  await other.getByLabel("Recovery code").fill(recovery);
  await other.keyboard.press("Enter");
  await expect(other.getByRole("heading", { name: "Today" })).toBeVisible();
  await page.close();
  await other.close();
});
