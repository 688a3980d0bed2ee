import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { cdrLine } from "./cdr-line.ts";
import { localDay } from "./calendar.ts";
import { dialectOf } from "./day-lines.ts";
import { type DemoClinic, demoClinics } from "./demo-plan.ts";
import { liveCall } from "./live-call.ts";
import { randomOf } from "./random.ts";

export type LiveOptions = {
  /** The clinic server, `http://127.0.0.1:8787`. */
  server: string;
  /** The secret that each demo source signs with, by the source's name. */
  secrets: ReadonlyMap<string, string>;
  /** Calls a minute over all demo clinics, on average. */
  rate: number;
  log: (line: string) => void;
};

/**
 * Posts made-up calls that end now, as real CDR lines through the signed webhook, until `stop`. A server that can't be
 * reached is tried again with the next call; the call that could not be delivered is kept and goes with it.
 */
export function startLive({ server, secrets, rate, log }: LiveOptions): { stop: () => Promise<void> } {
  const ended = new AbortController();
  const random = randomOf("live", Date.now());
  const clinics = demoClinics.filter((clinic) => secrets.has(clinic.source.name));
  const waiting = new Map<DemoClinic, string[]>();
  // Above what the days number from, so that no live call takes the number of a made-up day's.
  let count = 1_000_000_000 + (Math.floor(Date.now() / 1000) % 1_000_000_000);
  let reachable = true;

  async function run(): Promise<void> {
    while (!ended.signal.aborted) {
      await sleep(random.exponential(60_000 / rate), undefined, { signal: ended.signal }).catch(() => {});
      if (ended.signal.aborted) return;
      const clinic = random.weighted(clinics, (c) => c.callsPerDay);
      const now = Date.now();
      const line = cdrLine(
        liveCall(random, clinic, now),
        count++,
        dialectOf(clinic, localDay(new Date(now), clinic.timeZone)),
      );
      const lines = [...(waiting.get(clinic) ?? []), line].slice(-1000);
      waiting.set(clinic, lines);
      const problem = await post(server, clinic.source.name, secrets.get(clinic.source.name) ?? "", lines);
      if (problem === null) waiting.delete(clinic);
      if ((problem === null) !== reachable)
        log(problem === null ? "Live calls go in again." : `Live calls wait: ${problem}`);
      reachable = problem === null;
    }
  }
  const running = run();
  log(`Live: about ${rate} calls a minute to ${server}.`);
  return {
    stop: async () => {
      ended.abort();
      await running;
    },
  };
}

/** Null when the lines were taken, else why not. */
async function post(server: string, source: string, secret: string, lines: string[]): Promise<string | null> {
  const body = `${lines.join("\r\n")}\r\n`;
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  try {
    const answer = await fetch(new URL("/api/3cx/cdr-webhook", server), {
      method: "POST",
      headers: {
        "content-type": "text/plain",
        "x-careboard-source": source,
        "x-careboard-signature": `sha256=${signature}`,
      },
      body,
      signal: AbortSignal.timeout(15_000),
    });
    await answer.body?.cancel();
    return answer.ok ? null : `the server answered ${answer.status}.`;
  } catch (error) {
    return `the server can't be reached (${error instanceof Error ? error.message : String(error)}).`;
  }
}
