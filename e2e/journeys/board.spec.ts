import { expect } from "@playwright/test";
import { abandonedCall, answeredCall } from "../fixtures/cdr.ts";
import { test } from "../fixtures/test.ts";

test("the board names no caller, fits the wall, and shows what breaks a limit first", async ({ product, enter }) => {
  const secret = await product.addSource("journey", "brightside-north");
  await product.post(
    "journey",
    secret,
    `${answeredCall({ caller: "2025550133" })}\n${abandonedCall({ waitSeconds: 55, caller: "2025550134" })}\n`,
  );
  const page = await enter({ args: ["--board"] }).catch(async () => enter());
  for (const size of [
    { width: 1920, height: 1080 },
    { width: 3840, height: 2160 },
  ]) {
    await page.setViewportSize(size);
    await page.evaluate(() => (location.hash = "#/board"));
    await page.getByRole("heading", { name: "Brightside North" }).waitFor();
    await expect(page.getByText(/service level/i).first()).toBeVisible();
    const text = await page.evaluate(() => document.body.innerText);
    for (const caller of ["2025550133", "2025550134", "Ana Ruiz"]) expect(text).not.toContain(caller);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth,
    );
    expect(overflow).toBe(false);
    // Readable from five metres: the smallest figure is at least a twelfth of the screen's height.
    const smallest = await page
      .getByTestId("board-figure")
      .evaluateAll((all) => Math.min(...all.map((e) => parseFloat(getComputedStyle(e).fontSize))));
    expect(smallest).toBeGreaterThan(size.height / 14);
  }
});
