import { useRef, useState } from "react";
import { useDeskClient } from "../../client/desk-context.tsx";
import { type DeskError, deskError } from "../../client/desk-error.ts";
import { useLive } from "../../client/use-live.ts";
import type { CallsFilters } from "../../state/calls-filters.ts";
import { type CallPages, withNewest, withOlder } from "./call-pages.ts";

export type CallQuestion = CallsFilters & { clinicId: string; locationId?: string };

const pageSize = 100;

/** The calls that fit the question, newest first and kept fresh; `more` fetches the next older page. */
export function useCallPages(question: CallQuestion) {
  const client = useDeskClient();
  const key = JSON.stringify(question);
  const newest = useLive(
    ["calls", question],
    (asked, signal) => asked.calls.list({ ...question, limit: pageSize }, { signal }),
    ["calls", "agents", "queues", "locations"],
  );
  const [pages, setPages] = useState<CallPages | null>(null);
  const [problem, setProblem] = useState<DeskError | null>(null);
  const fetching = useRef<string | null>(null);
  const { data } = newest;

  // Taken in while rendering and not in an effect, so that a new page and the list that holds it are painted together.
  const [seen, setSeen] = useState<unknown>(undefined);
  if (data !== undefined && data !== seen) {
    setSeen(data);
    setPages(withNewest(pages, key, data));
  }

  const held = pages?.key === key ? pages : null;
  const cursor = held?.nextCursor ?? null;
  const more = async () => {
    if (cursor === null || fetching.current === cursor) return;
    fetching.current = cursor;
    setProblem(null);
    try {
      const asked = JSON.parse(key) as CallQuestion;
      const older = await client.calls.list({ ...asked, limit: pageSize, cursor });
      setPages((now) => (now?.key === key && now.nextCursor === cursor ? withOlder(now, older) : now));
    } catch (thrown) {
      setProblem(deskError(thrown));
    } finally {
      fetching.current = null;
    }
  };

  return { newest, records: held?.records, whole: held !== null && cursor === null, more, problem };
}
