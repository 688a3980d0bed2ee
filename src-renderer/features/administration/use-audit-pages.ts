import { useState } from "react";
import type { AuditEntry } from "#shared/contract/audit.ts";
import { useDeskClient } from "../../client/desk-context.tsx";
import { useLive } from "../../client/use-live.ts";
import { useSaving } from "../../client/use-saving.ts";
import type { auditQuestion } from "./audit-filter.ts";

const pageSize = 100;
type Older = { key: string; entries: AuditEntry[]; nextCursor: string | null };

/** The lines that fit, newest first. The first page is asked when it is looked at; each is a line of the log itself, so nothing asks by the clock. */
export function useAuditPages(question: ReturnType<typeof auditQuestion>) {
  const client = useDeskClient();
  const key = JSON.stringify(question);
  const newest = useLive(
    ["audit", question],
    ({ audit }, signal) => audit.search({ ...question, limit: pageSize }, { signal }),
    [],
  );
  const [older, setOlder] = useState<Older | null>(null);
  const { busy, problem, save } = useSaving();
  const first = newest.data;
  // Older pages go on from one first page; with another they would leave a gap.
  const pagesKey = `${key} ${first?.entries[0]?.id}`;
  const held = older?.key === pagesKey ? older : null;
  const cursor = held ? held.nextCursor : (first?.nextCursor ?? null);
  const more = () =>
    save(async () => {
      if (cursor === null) return "";
      const next = await client.audit.search({ ...question, limit: pageSize, cursor });
      setOlder({ key: pagesKey, entries: [...(held?.entries ?? []), ...next.entries], nextCursor: next.nextCursor });
      return "";
    });
  return {
    newest,
    entries: [...(first?.entries ?? []), ...(held?.entries ?? [])],
    whole: cursor === null,
    more,
    busy,
    problem,
  };
}
