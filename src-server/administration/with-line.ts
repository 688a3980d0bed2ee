import type { Kysely, Transaction } from "kysely";
import type { Member } from "#shared/access/member.ts";
import type { DB } from "#shared/schema/database.ts";
import type { Note } from "../audit/note.ts";

/** What the server writes for an administrator, and its line in the audit log: both are kept, or neither is. */
export const withLine = <T>(
  { system, note }: { system: Kysely<DB>; note: Note },
  who: Member,
  detail: Record<string, unknown>,
  work: (tx: Transaction<DB>) => Promise<T>,
): Promise<T> =>
  system.transaction().execute(async (tx) => {
    const done = await work(tx);
    // An account or a device belongs to no clinic; the line is shown in that of who did it, where there is one alone.
    const [only, ...more] = who.roles;
    await note.write(tx, { clinicId: only && more.length === 0 ? only.clinicId : null, detail });
    return done;
  });
