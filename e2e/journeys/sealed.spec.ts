import { expect, type Page } from "@playwright/test";
import { cpSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Administrator } from "../fixtures/administrator.ts";
import { answeredCall } from "../fixtures/cdr.ts";
import { filesBelow, holding } from "../fixtures/files-below.ts";
import type { Product } from "../fixtures/product.ts";
import { signIn, test, tile } from "../fixtures/test.ts";

const email = "manager@brightside.example";
const marks = ["2025550143", "2025550188", "Ana Ruiz", "Brightside", email, "careboard-demo"];

async function deskWithCalls(product: Product, page: Page) {
  const secret = await product.addSource("journey", "brightside-north");
  const lines = Array.from({ length: 40 }, (_, n) =>
    answeredCall({ caller: n % 2 === 0 ? "2025550143" : "2025550188" }),
  );
  await product.post("journey", secret, `${lines.join("\n")}\n`);
  const desk = await product.startDesk();
  await page.goto(desk.url);
  await signIn(page, email);
  await expect(tile(page, "Offered", 40)).toBeVisible();
  return desk;
}

/** Stops the desk, does something to its files, and comes back as the same person. */
async function meanwhile(
  product: Product,
  page: Page,
  desk: { program: { kill: (s: NodeJS.Signals) => Promise<void> } },
  deed: (folder: string) => void,
) {
  await desk.program.kill("SIGTERM");
  deed(product.deskFolder());
  const next = await product.startDesk();
  await page.goto(next.url);
  await signIn(page, email);
  return next;
}
const replica = (folder: string) => join(folder, "replicas", readdirSync(join(folder, "replicas"))[0] ?? "");

test("nothing in the desk's folder can be read, while it runs, after it was killed, and after it was closed", async ({
  product,
  page,
}) => {
  const desk = await deskWithCalls(product, page);
  const folder = product.deskFolder();
  expect(filesBelow(folder).length).toBeGreaterThan(100);
  expect(holding(folder, marks)).toEqual([]);
  await desk.program.kill("SIGKILL");
  expect(holding(folder, marks)).toEqual([]);
  const again = await meanwhile(product, page, desk, () => {});
  await expect(tile(page, "Offered", 40)).toBeVisible();
  await again.program.kill("SIGTERM");
  expect(holding(folder, marks)).toEqual([]);
});

test("a flipped byte and a cut file are noticed, said, and healed by a fresh sync", async ({ product, page }) => {
  let desk = await deskWithCalls(product, page);
  /** The largest files: tables and indexes, whatever their numbers are. */
  const damage = (change: (path: string, bytes: Buffer) => void) => (folder: string) => {
    const base = filesBelow(replica(folder)).filter(({ path }) => path.includes("base"));
    for (const { path, bytes } of base.toSorted((a, b) => b.bytes.length - a.bytes.length).slice(0, 200))
      change(path, bytes);
  };
  for (const change of [
    (path: string, bytes: Buffer) => {
      bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    },
    (path: string) => truncateSync(path, Math.floor(statSync(path).size / 2)),
  ]) {
    desk = await meanwhile(product, page, desk, damage(change));
    await expect(page.getByRole("heading", { name: "What this computer held was damaged" })).toBeVisible({
      timeout: 30_000,
    });
    await page.getByRole("button", { name: "I have read this" }).click();
    await expect(tile(page, "Offered", 40)).toBeVisible({ timeout: 30_000 });
  }
  const reasons = (await new Administrator(product).receipts()).map(({ reason }) => reason);
  expect(reasons).toEqual(["damaged", "damaged"]);
});

test("an older copy of the folder put back is noticed at the next contact, and healed", async ({ product, page }) => {
  let desk = await deskWithCalls(product, page);
  const administrator = new Administrator(product);
  /** The figures come from the disk at once; what makes a copy old is the contact after them. */
  const contacted = async (since: number) => {
    await expect(tile(page, "Offered", 40)).toBeVisible();
    await expect.poll(() => administrator.lastContact(email), { timeout: 30_000 }).toBeGreaterThan(since);
  };
  await contacted(0);
  const copy = join(product.folder, "copy");
  for (const copied of [true, false]) {
    const since = await administrator.lastContact(email);
    desk = await meanwhile(product, page, desk, (folder) => {
      if (copied) cpSync(folder, copy, { recursive: true });
    });
    await contacted(since);
  }
  await meanwhile(product, page, desk, (folder) => {
    rmSync(folder, { recursive: true });
    cpSync(copy, folder, { recursive: true });
  });
  await expect(page.getByRole("heading", { name: /older copy/i })).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "I have read this" }).click();
  await expect(tile(page, "Offered", 40)).toBeVisible({ timeout: 30_000 });
});
