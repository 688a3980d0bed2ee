import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { endReason } from "#shared/contract/base.ts";
import { type Device, rowCounts } from "#shared/contract/session.ts";
import { writeWhole } from "./write-whole.ts";

/** What this computer is to the server, and who was here last. Nothing of it is secret, and nothing of it names a person. */
const kept = z.object({
  id: z.uuid(),
  /** Whose data opens by itself at the next start, where the system keeps the key; null after signing out. */
  last: z.uuid().nullable().default(null),
  /** Why the last person was signed out, until the next one signs in. */
  ended: z.object({ reason: endReason, removed: rowCounts, at: z.string() }).nullable().default(null),
  /** Whose data are being erased; a crash in the middle leaves the name here, and the next start goes on with it. */
  erasing: z.uuid().nullable().default(null),
});
type Kept = z.infer<typeof kept>;

export type DeviceFile = { now: () => Kept; change: (change: Partial<Omit<Kept, "id">>) => Promise<void> };

/** Reads `device.json` in the desk's folder, or makes it. A file that can't be read makes this a new device. */
export async function deviceFile(home: string): Promise<DeviceFile> {
  const file = join(home, "device.json");
  const found = await read(file);
  let held: Kept = found ?? { id: randomUUID(), last: null, ended: null, erasing: null };
  let order: Promise<void> = Promise.resolve();
  const write = (): Promise<void> => {
    order = order.catch(() => {}).then(() => writeWhole(file, JSON.stringify(held)));
    return order;
  };
  if (!found) await write();
  return {
    now: () => held,
    change: (change) => {
      held = { ...held, ...change };
      return write();
    },
  };
}

async function read(file: string): Promise<Kept | null> {
  try {
    return kept.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return null;
  }
}

/** How this device introduces itself when somebody signs in. */
export const deviceOf = (id: string, version: string, board: boolean): Device => ({
  id,
  name: `${hostname()}${board ? " (board)" : ""}`.slice(0, 100),
  platform: `${process.platform} ${process.arch}`.slice(0, 40),
  version: version.slice(0, 40),
});
