import { duration } from "../../format/duration.ts";
import type { Choice } from "../../ui/picker.tsx";
import { statusWord } from "../../ui/status-word.tsx";
import { callStatus } from "#shared/contract/calls.ts";

const any: Choice = { id: "any", label: "any" };

export const periods: Choice[] = [
  any,
  { id: "today", label: "today" },
  { id: "yesterday", label: "yesterday" },
  { id: "7", label: "last 7 days" },
  { id: "30", label: "last 30 days" },
  { id: "90", label: "last 90 days" },
  { id: "own", label: "from … to …" },
];

export const directions: Choice[] = [
  any,
  { id: "inbound", label: "inbound" },
  { id: "outbound", label: "outbound" },
  { id: "internal", label: "internal" },
];

export const statuses: Choice[] = [any, ...callStatus.options.map((id) => ({ id, label: statusWord(id) }))];

/** Names of a directory, with what no mapping places at the end. */
export const people = (named: readonly { id: string; name: string }[] | undefined): Choice[] => [
  any,
  ...(named ?? []).map(({ id, name }) => ({ id, label: name })),
  { id: "unassigned", label: "unassigned" },
];

/** Waits to choose from; one that came by the address is among them. */
export function waits(chosen: number | undefined): Choice[] {
  const seconds = new Set([20, 60, 120, 300, ...(chosen === undefined ? [] : [chosen])]);
  const steps = [...seconds].sort((a, b) => a - b);
  return [any, ...steps.map((step) => ({ id: String(step), label: `${duration(step)} or longer` }))];
}
