import type { Kysely, Transaction } from "kysely";
import type { DB } from "#shared/schema/database.ts";

/** The counter that a desk keeps in its replica, and the replica's own name. */
export type Shown = { replica: string; counter: number };
type Held = { replica: string; acknowledged: number; given: number };

/**
 * What a shown counter means. The desk shows the last number it was given; it may have lost the answer, and then shows the one
 * before. A smaller one is a copy of the folder from before a later contact. A larger one is a server put back from a backup, which
 * can't know better. Another replica is a fresh one if it has never been given a number, and else a copy of one that was replaced.
 */
export function judge(held: Held | null, shown: Shown): { older: boolean; keep: Held | null } {
  const next: Held = { replica: shown.replica, acknowledged: shown.counter, given: shown.counter + 1 };
  if (held === null) return { older: false, keep: next };
  if (held.replica !== shown.replica)
    return shown.counter === 0 ? { older: false, keep: next } : { older: true, keep: null };
  return shown.counter < held.acknowledged ? { older: true, keep: null } : { older: false, keep: next };
}

/** Judges what a device shows for a person, and gives the next number. Two contacts at once come one after the other. */
export async function replicaContact(
  db: Kysely<DB>,
  who: { deviceId: string; userId: string },
  shown: Shown,
): Promise<{ counter: number; older: boolean }> {
  return db.transaction().execute(async (tx) => {
    const { older, keep } = judge(await heldOf(tx, who), shown);
    if (keep === null) return { counter: shown.counter, older };
    await tx
      .insertInto("replica_contacts")
      .values({ device_id: who.deviceId, user_id: who.userId, ...keep })
      .onConflict((c) => c.columns(["device_id", "user_id"]).doUpdateSet(keep))
      .execute();
    return { counter: keep.given, older };
  });
}

const heldOf = async (tx: Transaction<DB>, { deviceId, userId }: { deviceId: string; userId: string }) =>
  (await tx
    .selectFrom("replica_contacts")
    .select(["replica", "acknowledged", "given"])
    .where("device_id", "=", deviceId)
    .where("user_id", "=", userId)
    .forUpdate()
    .executeTakeFirst()) ?? null;
