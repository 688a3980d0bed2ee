import { join } from "node:path";
import { chromium } from "playwright";
import { catalogue } from "#shared/metrics/catalogue.ts";
import { findBrowser } from "../scripts/find-browser.ts";
import type { Bench } from "./kit/bench.ts";
import { largeDesk } from "./kit/large-desk.ts";
import { resultOf } from "./kit/result.ts";
import { spawned } from "./kit/spawned.ts";

const repeats = 8;
/** Run in the page: the tile of calls offered on Today holds a figure; while it is loading it isn't there. */
const title = JSON.stringify(catalogue.offered.title);
const painted = `[...document.querySelectorAll("main a")].some((a) => a.textContent.includes(${title}) && /[0-9]/.test(a.textContent))`;

/** From the start of `npm run desk` in the browser shell, over signing in, to the first figure on the screen; the browser itself is open before. */
export const deskStart: Bench = {
  id: "desk-start",
  title: "start of the desk to first painted data",
  run: async (context) => {
    const { serverUrl, home, email, password } = await largeDesk(context);
    const browser = await chromium.launch({
      executablePath: await findBrowser(),
      args: ["--no-sandbox", "--disable-gpu"],
    });
    // One profile, as a person's browser has one: scripts seen before are compiled. The page forbids evaluating text,
    // which is how the question above is asked at every frame.
    const profile = await browser.newContext({ bypassCSP: true });
    const samples: number[] = [];
    const ready: number[] = [];
    const opened: number[] = [];
    try {
      for (let run = -2; run < repeats; run++) {
        const page = await profile.newPage();
        const start = performance.now();
        const desk = await spawned(
          join(import.meta.dirname, "../scripts/desk.ts"),
          ["--server", serverUrl, "--browser", "--data", join(home, "..")],
          /^careboard desk ready (\S+)$/,
        );
        const up = performance.now() - start;
        await page.goto(desk.ready, { waitUntil: "commit" });
        // A browser keeps no key: the person's password opens the data, and is typed at once.
        await page.getByLabel(/e-?mail/i).fill(email);
        await page.getByLabel("Password").fill(password);
        const asked = performance.now();
        await page.getByRole("button", { name: "Sign in" }).click();
        await page.waitForFunction(painted, null, { polling: "raf" });
        if (run >= 0) {
          samples.push(performance.now() - start);
          ready.push(up);
          opened.push(performance.now() - asked);
        }
        await page.close();
        await desk.stop();
      }
    } finally {
      await browser.close();
    }
    return [
      resultOf({
        id: "desk-start",
        title: "start of the desk to first painted data",
        unit: "ms",
        samples,
        budget: { p95: 1500 },
        peers: { "until its address is printed": ready, "from the password to the first figure": opened },
      }),
    ];
  },
};
