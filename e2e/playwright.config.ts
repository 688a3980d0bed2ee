import { defineConfig } from "@playwright/test";

// Debian's Chromium as root wants no sandbox; the other flags keep it from looking for the world outside.
const args = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--force-prefers-reduced-motion"]; // prettier-ignore

export default defineConfig({
  testDir: "./journeys",
  outputDir: "../test-results",
  // Each journey runs a whole product of its own: more than one at a time is too much for two cores.
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [
    ["list"],
    ["json", { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? "../test-results/report.json" }],
  ],
  use: {
    viewport: { width: 1280, height: 800 },
    locale: "en-US",
    timezoneId: "America/New_York",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      args: process.getuid?.() === 0 ? [...args, "--no-sandbox"] : args,
    },
  },
});
