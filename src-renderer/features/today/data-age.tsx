import { useDeskStatus } from "../../client/use-desk-status.ts";
import { age } from "../../format/duration.ts";
import { timeToTheSecond } from "../../format/moments.ts";
import { useNow } from "../../state/use-now.ts";

/** How old the figure is, counted from when this desk last agreed with the server. */
export function DataAge({ timeZone }: { timeZone: string }) {
  const asOf = useDeskStatus((view) => view.status?.asOf ?? null);
  const now = useNow();
  if (asOf === null) return "not yet compared with the server";
  return `data as of ${timeToTheSecond(asOf, timeZone)}, ${age((now - Date.parse(asOf)) / 1000)} old`;
}
