import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Options = {
  /** Asks the clinic server for the address to open. */
  start: (sent: { challenge: string; port: number }) => Promise<{ url: string }>;
  openBrowser: (url: string) => Promise<void>;
  /** Ends the waiting. */
  signal: AbortSignal;
};

/** What a page of somebody's browser may not do: anything. */
const headers = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
  connection: "close",
};
const page = (sentence: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Careboard</title><h1>Careboard</h1><p>${sentence}</p></html>\n`;

/**
 * Sends a person to a provider in the system's browser and waits until they come back to a listener on this machine's loopback
 * (RFC 8252). The code that comes back is worth nothing without the verifier (PKCE), which never leaves this process.
 *
 * @throws an Error for people, when the provider refused or `signal` ended it; whatever `start` throws
 */
export async function providerSignIn({
  start,
  openBrowser,
  signal,
}: Options): Promise<{ code: string; verifier: string }> {
  const verifier = randomBytes(32).toString("base64url");
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const came = Promise.withResolvers<string>();
  // It may be refused before anybody waits for it.
  came.promise.catch(() => {});
  const listener = createServer((request, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const code = url.searchParams.get("code");
    const here = request.headers.host === `127.0.0.1:${(listener.address() as AddressInfo).port}`;
    const answer = (status: number, sentence: string) => response.writeHead(status, headers).end(page(sentence));
    if (request.method !== "GET" || url.pathname !== "/signed-in" || !here) answer(404, "There is nothing here.");
    else if (code === null || code === "" || code.length > 200) {
      came.reject(new Error("The provider did not sign you in. Try again, or sign in with your password."));
      answer(400, "You were not signed in. Go back to Careboard.");
    } else {
      answer(200, "You can close this window and go back to Careboard.");
      came.resolve(code);
    }
  });
  const stop = () => came.reject(new Error("Nobody came back from the provider in time. Try again."));
  signal.addEventListener("abort", stop);
  try {
    listener.listen(0, "127.0.0.1");
    await once(listener, "listening");
    const { url } = await start({ challenge, port: (listener.address() as AddressInfo).port });
    if (signal.aborted) stop();
    await openBrowser(url);
    return { code: await came.promise, verifier };
  } finally {
    signal.removeEventListener("abort", stop);
    listener.close();
  }
}
