import { useEffect, useSyncExternalStore } from "react";
import type { ShapeName } from "#shared/contract/sync.ts";
import type { DeskClient } from "./desk-client.ts";
import { useDesk } from "./desk-context.tsx";
import type { Live } from "./live-question.ts";

/** What a question depends on, in a form that JSON can say: `["today", clinicId, locationId]`. */
export type QuestionKey = string | readonly unknown[];

/**
 * The answer to a question, kept fresh: asked anew when rows of `tables` change in the replica, and each full minute with `everyMinute`
 * (for what moves with the clock alone). The key must name everything that `ask` uses: with another key it is another question, whose
 * answer is undefined until it comes. Pass the signal on: `(client, signal) => client.today.overview({ clinicId }, { signal })`.
 */
export function useLive<T>(
  key: QuestionKey,
  ask: (client: DeskClient, signal: AbortSignal) => Promise<T>,
  tables: readonly ShapeName[],
  { everyMinute = false }: { everyMinute?: boolean } = {},
): Live<T> & { again: () => void } {
  const { client, live } = useDesk();
  const withClient = (signal: AbortSignal) => ask(client, signal);
  const question = live.of(typeof key === "string" ? key : JSON.stringify(key), withClient, tables, everyMinute);
  // Before the subscription's own effect, so that even a first asking uses this render's function.
  useEffect(() => {
    question.askBy(withClient);
  });
  const view = useSyncExternalStore(question.subscribe, question.snapshot);
  return { ...view, again: question.again };
}
