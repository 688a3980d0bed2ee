import { expect } from "@playwright/test";
import { abandonedCall, answeredCall } from "../fixtures/cdr.ts";
import { test, tile } from "../fixtures/test.ts";

test("a call record goes in at one side, and the open desktop shows it", async ({ product, enter }) => {
  const secret = await product.addSource("journey", "brightside-north");
  const page = await enter();
  await expect(page.getByRole("status").filter({ hasText: /live/i })).toBeVisible();
  await expect(tile(page, "Offered", 0)).toBeVisible();

  const answer = await product.post(
    "journey",
    secret,
    `${answeredCall()}\n${abandonedCall({ caller: "2025550177" })}\n`,
  );
  expect(answer).toEqual({ received: 2, stored: 2, duplicates: 0, rejected: 0 });
  await expect(tile(page, "Offered", 2)).toBeVisible();
  await expect(tile(page, "Abandoned", 1)).toBeVisible();

  // Two steps to the row behind the figure, and to the phone system's own line.
  await tile(page, "Abandoned", 1).press("Enter");
  await expect(page.getByRole("heading", { name: "Calls" })).toBeVisible();
  await page.getByText("2025550177").first().click();
  await expect(page.getByText(/TerminatedBySrc,2025550177/)).toBeVisible();
});

test("the same record twice changes nothing; what can't be read is listed with its reason and can be tried again", async ({
  product,
  enter,
}) => {
  const secret = await product.addSource("journey", "brightside-north");
  const page = await enter({ email: "admin@brightside.example" });
  const line = answeredCall();
  await product.post("journey", secret, `${line}\n`);
  expect(await product.post("journey", secret, `${line}\r\nCall 7,this is no record\n`)).toEqual({
    received: 2,
    stored: 0,
    duplicates: 1,
    rejected: 1,
  });
  await expect(tile(page, "Offered", 1)).toBeVisible();

  await page.getByRole("link", { name: "Administration" }).click();
  await page.getByRole("link", { name: "Sources and extensions" }).click();
  await page.getByRole("tab", { name: /rejected/i }).click();
  await expect(page.getByText("Call 7,this is no record")).toBeVisible();
  await page
    .getByRole("button", { name: /retry|again/i })
    .first()
    .click();
  await expect(page.getByText("Call 7,this is no record")).toBeVisible();
});

test("nobody sees another organization's calls", async ({ product, enter }) => {
  const secret = await product.addSource("journey", "brightside-north");
  await product.post("journey", secret, `${abandonedCall({ caller: "2025550166" })}\n`);
  const ours = await enter({ desk: "ours" });
  await expect(tile(ours, "Offered", 1)).toBeVisible();
  const theirs = await enter({ desk: "theirs", email: "superadmin@lakeview.example" });
  await expect(theirs.getByRole("status").filter({ hasText: /live/i })).toBeVisible();
  await expect(tile(theirs, "Offered", 0)).toBeVisible();
  await theirs.getByRole("link", { name: "Calls" }).click();
  await expect(theirs.getByText("2025550166")).toHaveCount(0);
});
