import { createHash } from "node:crypto";
import { request } from "node:http";
import { once } from "node:events";
import { expect, test } from "vitest";
import { providerSignIn } from "./provider-sign-in.ts";

/** A browser's request as it is written, with the host it names. */
async function visit(
  url: string,
  host?: string,
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }> {
  const { hostname, port, pathname, search } = new URL(url);
  const sent = request({ hostname, port, path: pathname + search, headers: host ? { host } : {}, agent: false }).end();
  const [received] = await once(sent, "response");
  let body = "";
  for await (const part of received) body += String(part);
  return { status: received.statusCode, headers: received.headers, body };
}
const back = (port: number, query: string) => `http://127.0.0.1:${port}/signed-in${query}`;

test("waits on the loopback for the code, which is worth nothing without the verifier behind the challenge", async () => {
  let sent = { challenge: "", port: 0 };
  const pages: Awaited<ReturnType<typeof visit>>[] = [];
  const { code, verifier } = await providerSignIn({
    start: async (given) => {
      sent = given;
      return { url: "https://provider.example/authorize?x=1" };
    },
    openBrowser: async (url) => {
      expect(url).toBe("https://provider.example/authorize?x=1");
      pages.push(await visit(back(sent.port, "x?code=1")), await visit(back(sent.port, "?code=1"), "evil.example"));
      pages.push(await visit(back(sent.port, "?code=the-code")));
    },
    signal: AbortSignal.timeout(20_000),
  });
  expect(code).toBe("the-code");
  expect(createHash("sha256").update(verifier).digest("base64url")).toBe(sent.challenge);
  expect(verifier.length).toBeGreaterThanOrEqual(43);
  expect(pages.map((p) => p.status)).toEqual([404, 404, 200]);
  const last = pages[2];
  expect(last?.body).toContain("You can close this window and go back to Careboard.");
  expect(last?.body).not.toContain("script");
  expect(last?.body).not.toContain("the-code");
  expect(String(last?.headers["content-security-policy"])).toMatch(/^default-src 'none'/);
  // Nobody listens any more.
  await expect(visit(back(sent.port, "?code=again"))).rejects.toThrow("ECONNREFUSED");
});

test("what a provider refused, and nobody's coming back, are sentences", async () => {
  let port = 0;
  const start = async (given: { port: number }) => {
    ({ port } = given);
    return { url: "https://provider.example/" };
  };
  const refused = providerSignIn({
    start,
    openBrowser: async () => void (await visit(back(port, "?error=access_denied"))),
    signal: AbortSignal.timeout(20_000),
  });
  await expect(refused).rejects.toThrow("The provider did not sign you in.");
  const gone = new AbortController();
  const waiting = providerSignIn({ start, openBrowser: async () => gone.abort(), signal: gone.signal });
  await expect(waiting).rejects.toThrow("Nobody came back from the provider in time.");
});
