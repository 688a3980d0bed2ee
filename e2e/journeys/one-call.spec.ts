import { expect } from "@playwright/test";
import { abandonedCall, answeredCall } from "../fixtures/cdr.ts";
import { test } from "../fixtures/test.ts";

test("a call record goes in at one side, and the open desktop shows it", async ({ product, enter }) => {
  const secret = await product.addSource("journey", "brightside-north");
  const page = await enter();
  await expect(page.getByRole("status").filter({ hasText: /live/i })).toBeVisible();
  const offered = page.getByTestId("tile-offered");
  await expect(offered).toContainText("0");

  const answer = await product.post(
    "journey",
    secret,
    `${answeredCall()}\n${abandonedCall({ caller: "2025550177" })}\n`,
  );
  expect(answer).toEqual({ received: 2, stored: 2, duplicates: 0, rejected: 0 });
  await expect(offered.getByTestId("value")).toHaveText("2");
  await expect(page.getByTestId("tile-abandoned").getByTestId("value")).toHaveText("1");

  // Two steps to the row behind the figure, and to the phone system's own line.
  await page.getByTestId("tile-abandoned").press("Enter");
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
  await expect(page.getByTestId("tile-offered").getByTestId("value")).toHaveText("1");

  await page.getByRole("link", { name: /phone systems/i }).click();
  await expect(page.getByText("Call 7,this is no record")).toBeVisible();
  await page.getByRole("button", { name: /retry/i }).first().click();
  await expect(page.getByText("Call 7,this is no record")).toBeVisible();
});

test("nobody sees another organization's calls", async ({ product, enter }) => {
  const secret = await product.addSource("journey", "brightside-north");
  await product.post("journey", secret, `${abandonedCall({ caller: "2025550166" })}\n`);
  const ours = await enter({ desk: "ours" });
  await expect(ours.getByTestId("tile-offered").getByTestId("value")).toHaveText("1");
  const theirs = await enter({ desk: "theirs", email: "superadmin@lakeview.example" });
  await expect(theirs.getByRole("status").filter({ hasText: /live/i })).toBeVisible();
  await expect(theirs.getByTestId("tile-offered").getByTestId("value")).toHaveText("0");
  await theirs.getByRole("link", { name: "Calls" }).click();
  await expect(theirs.getByText("2025550166")).toHaveCount(0);
});
