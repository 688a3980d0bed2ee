import { type Kysely, sql, type Transaction } from "kysely";
import type { Member } from "#shared/access/member.ts";
import type { DB } from "#shared/schema/database.ts";
import type { Note } from "../audit/note.ts";
import { asMember } from "../database/as-member.ts";

/** What the server writes for an administrator, and its line in the audit log: both are kept, or neither is. */
export const withLine = <T>(
  { system, note }: { system: Kysely<DB>; note: Note },
  who: Member,
  work: (tx: Transaction<DB>) => Promise<T>,
): Promise<T> =>
  system.transaction().execute(async (tx) => {
    const done = await work(tx);
    // An account or a device belongs to no clinic; the line is shown in that of who did it, where there is one alone.
    const [only, ...more] = who.roles;
    await note.write(tx, { clinicId: only && more.length === 0 ? only.clinicId : null });
    return done;
  });

/**
 * What an administrator writes by their own right, and its line: row-level security looks at the one, and only the server writes the
 * other, so the role changes within the transaction once the person's work is done.
 */
export const asMemberWithLine = <T>(
  { db, note }: { db: Kysely<DB>; note: Note },
  who: Member,
  part: { clinicId: string; subjectId: string; detail?: Record<string, unknown> },
  work: (tx: Transaction<DB>) => Promise<T>,
): Promise<T> =>
  asMember(
    db,
    who,
    async (tx) => {
      const done = await work(tx);
      await sql`select set_config('role', 'careboard_server', true)`.execute(tx);
      await note.write(tx, part);
      return done;
    },
    "read committed",
  );
