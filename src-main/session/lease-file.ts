import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { terms } from "#shared/contract/session.ts";
import { writeWhole } from "./write-whole.ts";

/**
 * The lease beside the data, in clear: it must be kept for people who don't come back, whose key is not here. It holds times and
 * numbers only. Where the person's key is here, the sealed copy in their session counts.
 */
const kept = z.object({
  lease: z.object({ contactAt: z.number(), spent: z.number(), seenAt: z.number() }),
  terms,
  /** When the data were erased because it was over; ISO text. */
  erasedAt: z.string().nullable(),
  /** For people who look into the folder. */
  lastContactAt: z.string(),
  eraseAt: z.string(),
});
export type LeaseFile = z.infer<typeof kept>;

const fileIn = (folder: string) => join(folder, "lease.json");

/** The lease of a person's folder; null where there is none, or none that can be read. */
export const readLease = async (folder: string): Promise<LeaseFile | null> => {
  try {
    return kept.parse(JSON.parse(await readFile(fileIn(folder), "utf8")));
  } catch {
    return null;
  }
};

export const writeLease = (folder: string, lease: LeaseFile): Promise<void> =>
  writeWhole(fileIn(folder), JSON.stringify(lease));
