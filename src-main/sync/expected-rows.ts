import { z } from "zod";
import { shapeName } from "#shared/contract/sync.ts";

const answer = z.object({ data: z.array(z.object({ name: shapeName, rows: z.int() })) });

/** The server's estimate of each shape's rows; none when it can't say, for it only moves a progress bar. */
export async function expectedRows(server: string, token: string): Promise<z.infer<typeof answer>["data"]> {
  try {
    const response = await fetch(new URL("/api/sync/shapes", server), {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(10_000),
    });
    return answer.parse(await response.json()).data;
  } catch {
    return [];
  }
}
