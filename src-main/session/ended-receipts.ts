import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { endReason } from "#shared/contract/base.ts";
import { rowCounts } from "#shared/contract/session.ts";
import { writeWhole } from "./write-whole.ts";

/** What was erased because the session was ended. The person's key and session are gone, so it is kept in clear: counts, and a token for this alone. */
const owed = z.object({
  id: z.uuid(),
  reason: endReason,
  changes: z.array(z.string()),
  removed: rowCounts,
  purgedAt: z.string(),
  receipt: z.string(),
});
export type EndedReceipt = z.infer<typeof owed>;

export type EndedReceipts = {
  add: (receipt: EndedReceipt) => Promise<void>;
  /** Sends each once; `send` answers whether it need not be sent again. */
  deliver: (send: (receipt: EndedReceipt) => Promise<boolean>) => Promise<void>;
};

export async function endedReceipts(home: string): Promise<EndedReceipts> {
  const file = join(home, "receipts.json");
  let held: EndedReceipt[] = [];
  try {
    held = z.array(owed).parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    // None yet, or none that can be read.
  }
  let order: Promise<void> = Promise.resolve();
  const write = (): Promise<void> => {
    order = order.catch(() => {}).then(() => writeWhole(file, JSON.stringify(held)));
    return order;
  };
  return {
    add: (receipt) => {
      held = [...held, receipt];
      return write();
    },
    deliver: async (send) => {
      for (const receipt of held) {
        if (!(await send(receipt))) continue;
        held = held.filter((r) => r.id !== receipt.id);
        await write();
      }
    },
  };
}
