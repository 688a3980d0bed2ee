import { createHmac } from "node:crypto";

/** Posts CDR lines to the webhook as a phone system's collector would, signed; gives the counts of the answer. */
export async function postLines(
  server: string,
  source: { source: string; secret: string },
  lines: readonly string[],
): Promise<unknown> {
  const body = lines.map((line) => `${line}\r\n`).join("");
  const answer = await fetch(new URL("/api/3cx/cdr-webhook", server), {
    method: "POST",
    headers: {
      "content-type": "text/plain",
      "x-careboard-source": source.source,
      "x-careboard-signature": `sha256=${createHmac("sha256", source.secret).update(body).digest("hex")}`,
    },
    body,
  });
  if (!answer.ok) throw new Error(`The webhook answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
