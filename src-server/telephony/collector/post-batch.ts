import { signatureOf } from "../signature.ts";
import type { IngestCounts } from "../ingest.ts";

/** What became of a batch at the server. `wait` is what the server asked for, in milliseconds. */
export type Posted =
  | { kind: "taken"; counts: IngestCounts }
  | { kind: "tooLarge" }
  /** The request as such is refused: somebody has to do something, which `message` says. */
  | { kind: "refused"; message: string }
  /** It passes by itself: no network, or a server that is starting or busy. */
  | { kind: "unreachable"; message: string; wait: number };

export type Target = { server: URL; source: string; secret: () => string };

const patience = 60_000;

/** Posts lines to the webhook, signed. Never throws: what went wrong is the answer. */
export async function postBatch(target: Target, lines: readonly Buffer[], stop: AbortSignal): Promise<Posted> {
  const body = Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\n")]));
  let secret: string;
  try {
    secret = target.secret();
  } catch (error) {
    return { kind: "refused", message: (error as Error).message };
  }
  try {
    const answer = await fetch(new URL("api/3cx/cdr-webhook", target.server), {
      method: "POST",
      redirect: "manual",
      headers: {
        "content-type": "text/plain",
        "x-careboard-source": target.source,
        "x-careboard-signature": signatureOf(secret, body),
      },
      body,
      signal: AbortSignal.any([stop, AbortSignal.timeout(patience)]),
    });
    const text = await answer.text();
    return judge(answer, text, target);
  } catch (error) {
    const cause = (error as { cause?: { code?: string } }).cause?.code ?? (error as Error).name;
    return {
      kind: "unreachable",
      message: `The server can't be reached at ${target.server.origin} (${cause}).`,
      wait: 0,
    };
  }
}

function judge(answer: Response, text: string, { server, source }: Target): Posted {
  const { status } = answer;
  if (status === 200) {
    const counts = countsOf(text);
    if (counts) return { kind: "taken", counts };
    return { kind: "refused", message: `What answers at ${server.origin} is no clinic server: check --server.` };
  }
  if (status === 413) return { kind: "tooLarge" };
  if (status === 401)
    return {
      kind: "refused",
      message: `The server does not accept the signature of source "${source}": check --source and the secret file, or make a new secret with "npm run source -- rotate ${source}".`,
    };
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    const seconds = Number(answer.headers.get("retry-after"));
    return {
      kind: "unreachable",
      message: `The server answered ${status}.`,
      wait: seconds > 0 ? Math.min(seconds, 60) * 1000 : 0,
    };
  }
  return {
    kind: "refused",
    message: `The server refused with ${status}: check that --server is a clinic server of this version.`,
  };
}

function countsOf(text: string): IngestCounts | null {
  try {
    const { data } = JSON.parse(text) as { data?: Partial<IngestCounts> };
    const { received, stored, duplicates, rejected } = data ?? {};
    if ([received, stored, duplicates, rejected].every((count) => Number.isInteger(count))) return data as IngestCounts;
  } catch {
    // Not ours, whatever it is.
  }
  return null;
}
