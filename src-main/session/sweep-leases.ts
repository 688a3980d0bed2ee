import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { defaultTerms } from "#shared/contract/session.ts";
import { eraseReplica } from "../replica/erase-replica.ts";
import { eraseSession } from "./erase-session.ts";
import type { KeyWrapper } from "./key-wrapper.ts";
import { openVault } from "./vault.ts";
import { leaseEnds, leaseFrom, leaseLater, leaseState } from "./lease.ts";
import { type LeaseFile, readLease, writeLease } from "./lease-file.ts";
import { setWaitingAside } from "./waiting.ts";

type Options = {
  home: string;
  /** Epoch milliseconds. */
  now: number;
  /** Milliseconds that passed for sure since the last sweep of this process; 0 at the first. */
  ran: number;
  /** Whose data are open here: their lease is kept by their session. */
  except: string | null;
  log: (line: string) => void;
};

/** What a lease looks like on the disk. */
export const leaseFile = ({ lease, terms, erasedAt }: Pick<LeaseFile, "lease" | "terms" | "erasedAt">): LeaseFile => ({
  lease,
  terms,
  erasedAt,
  lastContactAt: new Date(lease.contactAt).toISOString(),
  eraseAt: new Date(leaseEnds(lease, terms).eraseAt).toISOString(),
});

/**
 * Erases the data of everybody whose lease is over, also of people who never come back. It takes no key. Their waiting lines are set
 * aside and their key stays, so that those can still be delivered.
 */
export async function sweepLeases({ home, now, ran, except, log }: Options): Promise<void> {
  const replicas = join(home, "replicas");
  for (const userId of await readdir(replicas).catch((): string[] => [])) {
    if (userId === except) continue;
    // One person's folder that can't be read or written must not keep the others' data, nor the desk from starting.
    await sweepOne(join(replicas, userId), now, ran, log).catch((error: unknown) =>
      log(`lease: somebody's data could not be looked at (${String(error)})`),
    );
  }
}

async function sweepOne(folder: string, now: number, ran: number, log: Options["log"]): Promise<void> {
  if (!(await stat(folder)).isDirectory()) return;
  if (await hasNoKey(folder)) {
    // What has no key nobody opens again; an earlier version kept it in clear text.
    await eraseReplica(folder);
    return eraseSession(folder, true);
  }
  const held = await readLease(folder);
  if (held?.erasedAt) return;
  // Without a lease that can be read it begins now, with the longest terms: nothing is kept for ever because a file is missing.
  const terms = held?.terms ?? defaultTerms;
  const lease = held ? leaseLater(held.lease, now, ran) : leaseFrom(now);
  const over = leaseState(lease, terms) === "over";
  if (over) {
    await setWaitingAside(folder, now);
    await eraseReplica(folder);
    log("replica: somebody's was erased, because it had no contact with the server for too long");
  }
  await writeLease(folder, leaseFile({ lease, terms, erasedAt: over ? new Date(now).toISOString() : null }));
}

/** A store that opens nothing: what a vault answers to it tells whether there is one, without any work. */
const noStore: KeyWrapper = { wrap: async (secret) => secret, unwrap: async () => null };

async function hasNoKey(folder: string): Promise<boolean> {
  const vault = await openVault(folder, { wrapper: noStore });
  return "failed" in vault && vault.failed === "none";
}
