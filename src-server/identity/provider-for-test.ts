import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { type InteractionResults, Provider } from "oidc-provider";
import { onTestFinished, vi } from "vitest";

/** What the provider says of somebody: `sub`, and claims of the id token. */
export type PersonAtProvider = { sub: string; amr?: string[] } & Record<string, unknown>;

export const clientForTest = { clientId: "careboard", clientSecret: "a-secret-of-tests-0123456789abcdef" };

/**
 * A real OpenID provider on loopback, which lets in whom `next.person` names without asking for a password, and insists on PKCE.
 * `next.refuse`: the person says no.
 */
export async function providerForTest(callback: string, { claimsInIdToken = true } = {}) {
  const next: { person: PersonAtProvider; refuse: boolean } = { person: { sub: "nobody" }, refuse: false };
  const people = new Map<string, PersonAtProvider>();
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // It warns that its keys and its memory are those of a test, which they are.
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientForTest.clientId,
        client_secret: clientForTest.clientSecret,
        redirect_uris: [callback],
        grant_types: ["authorization_code"],
        response_types: ["code"],
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    pkce: { required: () => true },
    conformIdTokenClaims: !claimsInIdToken,
    claims: { openid: ["sub", "amr"], email: ["email", "email_verified", "hd", "tid", "xms_edov"], profile: ["name"] },
    findAccount: (_, id) => ({ accountId: id, claims: () => Promise.resolve(people.get(id) ?? { sub: id }) }),
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ["cookies of tests"] },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  });
  warn.mockRestore();
  async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse) {
    const { params, prompt } = await provider.interactionDetails(request, response);
    const { sub, amr = [] } = next.person;
    people.set(sub, next.person);
    const finish = (result: InteractionResults) => provider.interactionFinished(request, response, result);
    if (next.refuse) return finish({ error: "access_denied" });
    if (prompt.name === "login") return finish({ login: { accountId: sub, amr } });
    const grant = new provider.Grant({ accountId: sub, clientId: String(params.client_id) });
    grant.addOIDCScope(String(params.scope));
    return finish({ consent: { grantId: await grant.save() } });
  }
  const callbackOf = provider.callback();
  server.on("request", (request, response) => {
    if (request.url?.startsWith("/interaction/")) void interact(provider, request, response);
    else void callbackOf(request, response);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  return { issuer, next };
}

/** A browser as far as signing in needs one: it follows redirects and keeps cookies, until `stop` says it has arrived. */
export async function browse(start: string, stop: (url: URL) => boolean): Promise<URL> {
  const cookies = new Map<string, string>();
  let url = new URL(start);
  for (let i = 0; i < 12 && !stop(url); i++) {
    const header = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { redirect: "manual", headers: { cookie: header } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const to = response.headers.get("location");
    if (!to) throw new Error(`${url.pathname} answered ${response.status}: ${await response.text()}`);
    url = new URL(to, url);
  }
  return url;
}
