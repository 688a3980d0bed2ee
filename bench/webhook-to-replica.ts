import { join } from "node:path";
import type { Bench } from "./kit/bench.ts";
import { resultOf } from "./kit/result.ts";
import { runChild } from "./kit/run-child.ts";

/** One call from the signed webhook of a real server process to a row that the desk's own question finds. */
export const webhookToReplica: Bench = {
  id: "webhook-to-replica",
  title: "a posted call is seen on the desk",
  run: async ({ server, folder, sizes }) => {
    const { url, clinics } = await server();
    const { email, password, source, secret, id } = clinics.small;
    const samples = await runChild<number[]>(
      join(import.meta.dirname, "webhook-to-replica-desk.ts"),
      {
        serverUrl: url,
        home: join(folder, "desk-small"),
        email,
        password,
        source,
        secret,
        clinicId: id,
        runs: sizes.runs * 2,
      },
      180,
    );
    return [
      resultOf({
        id: "webhook-to-replica",
        title: "webhook to visible in the replica, 1 call",
        unit: "ms",
        samples,
        budget: { median: 250, p95: 1000 },
      }),
    ];
  },
};
