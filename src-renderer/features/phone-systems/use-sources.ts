import { useMemo } from "react";
import { useLive } from "../../client/use-live.ts";

/** The clinic's phone systems, asked of the server anew as calls arrive. */
export function useSources(clinicId: string) {
  const live = useLive(
    "sources",
    (client, signal) => client.telephony.sources(undefined, { signal }),
    ["calls", "call_sources"],
    { everyMinute: true },
  );
  const { data } = live;
  const own = useMemo(() => data?.filter((source) => source.clinicId === clinicId), [data, clinicId]);
  return { ...live, data: own };
}
export type Sources = ReturnType<typeof useSources>;
export type Source = NonNullable<Sources["data"]>[number];
