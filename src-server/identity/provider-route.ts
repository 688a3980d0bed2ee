import { Hono } from "hono";
import { html } from "hono/html";
import type { Logger } from "pino";
import { addressOf } from "../http/address-of.ts";
import type { Identity } from "./identity.ts";
import { providerAnswer } from "./provider-answer.ts";

type Options = { identity: Identity; log: Logger; trustProxy: boolean };

/** `/auth/oidc/callback`: where providers send the browser. It goes on to the desk, or shows a plain page that says what to do. */
export function providerRoute({ identity, log, trustProxy }: Options): Hono {
  const route = new Hono();
  route.get("/auth/oidc/callback", async (c) => {
    const requestId = String(c.get("requestId" as never));
    const from = { address: addressOf(c, trustProxy), requestId };
    const answer = await providerAnswer(identity, new URL(c.req.url).searchParams, from).catch((error: unknown) => {
      log.error({ requestId, error: error instanceof Error ? error.name : "unknown" }, "a provider's answer failed");
      return { why: `Signing in did not work: start again in Careboard. The number of this problem is ${requestId}.` };
    });
    if ("to" in answer) return c.redirect(answer.to);
    return c.html(
      html`<!doctype html>
        <html lang="en">
          <meta charset="utf-8" />
          <title>Careboard: not signed in</title>
          <h1>Not signed in</h1>
          <p>${answer.why}</p>
          <p>You can close this page.</p>
        </html>`,
      400,
    );
  });
  return route;
}
