import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { must } from "#shared/kit/must.ts";
import { contentPolicy } from "./page-headers.ts";

test("the policy knows the style sheet that the installed react-aria writes", () => {
  // Not a dependency of ours but of react-aria-components: it is read as a file.
  const installed = join(import.meta.dirname, "../../node_modules", "react-aria");
  const source = readFileSync(join(installed, "dist/private/interactions/usePress.mjs"), "utf8");
  const attribute = must(/PRESSABLE_ATTRIBUTE = '([^']+)'/.exec(source)?.[1], "the attribute's name");
  const template = must(/style\.textContent = `([^`]*)`\.trim\(\)/.exec(source)?.[1], "the style sheet");
  const sheet = template.replace(/\$\{[^}]*PRESSABLE_ATTRIBUTE\}/, attribute).trim();
  const digest = createHash("sha256").update(sheet).digest("base64");
  expect(contentPolicy([], false)).toContain(`style-src 'self' 'sha256-${digest}';`);
});

test("only while developing may a page's own text run, and never another site's", () => {
  expect(contentPolicy([], false)).not.toMatch(/(script|style)-src [^;]*unsafe-inline/);
  expect(contentPolicy([], true)).toContain("script-src 'self' 'unsafe-inline';");
  for (const development of [false, true]) expect(contentPolicy([], development)).not.toMatch(/unsafe-eval|https?:|\*/);
});
