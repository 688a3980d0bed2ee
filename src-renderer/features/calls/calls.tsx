import { useMemo } from "react";
import type { Clinic } from "#shared/contract/clinics.ts";
import { readFilters, writeFilters, type CallsFilters } from "../../state/calls-filters.ts";
import type { Route } from "../../state/routes.ts";
import { useDirectory, usePlaceFilter } from "../../state/use-clinic.ts";
import { go } from "../../state/use-route.ts";
import { Action } from "../../ui/action.tsx";
import { LiveStates } from "../../ui/live-states.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { CallPanel } from "./call-panel.tsx";
import { CallTable } from "./call-table.tsx";
import styles from "./calls.module.css";
import { Filters } from "./filters.tsx";
import { useCallPages } from "./use-call-pages.ts";

/** Every call, newest first, narrowed by the address's filters; one opened beside the list. */
export function Calls({ clinic, route }: { clinic: Clinic; route: Route }) {
  const place = usePlaceFilter(clinic);
  const filters = useMemo(() => readFilters(route.params), [route.params]);
  const directory = useDirectory(clinic.id).data;
  const { newest, records, whole, more, problem } = useCallPages({ ...place, ...filters });

  const narrow = (next: CallsFilters) =>
    go({ screen: "calls", id: route.id, params: writeFilters(next) }, { replace: true });
  const open = (id: string | null) => go({ screen: "calls", id, params: route.params }, { replace: route.id !== null });
  const filtered = Object.keys(filters).length > 0 || place.locationId !== undefined;

  return (
    <div className={styles.calls}>
      <header className={styles.header}>
        <h1 className={styles.title}>Calls</h1>
        <Filters clinic={clinic} filters={filters} directory={directory} onChange={narrow} />
      </header>
      <div className={styles.body}>
        <div className={styles.list}>
          <LiveStates live={newest} what="the calls" skeleton={<Skeleton rows={14} height={20} />}>
            {() =>
              records === undefined ? (
                <Skeleton rows={14} height={20} />
              ) : records.length === 0 ? (
                <Nothing filtered={filtered} onClear={() => narrow({})} />
              ) : (
                <CallTable
                  records={records}
                  whole={whole}
                  timeZone={clinic.timeZone}
                  opened={route.id}
                  compact={route.id !== null}
                  onOpen={open}
                  onEnd={() => void more()}
                  rule={clinic.serviceLevel}
                  name={`calls ${JSON.stringify({ ...place, ...filters })}`}
                />
              )
            }
          </LiveStates>
          {problem ? (
            <Notice
              tone="warn"
              title="Older calls could not be read"
              action={<Action onPress={() => void more()}>Try again</Action>}
            >
              {problem.message}
            </Notice>
          ) : null}
        </div>
        {route.id === null ? null : (
          <CallPanel key={route.id} id={route.id} clinic={clinic} onClose={() => open(null)} />
        )}
      </div>
    </div>
  );
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  return filtered ? (
    <Notice
      tone="empty"
      title="No call fits these filters"
      action={<Action onPress={onClear}>Clear the filters</Action>}
    >
      Widen the days or the location, or clear what narrows the list.
    </Notice>
  ) : (
    <Notice tone="empty" title="No calls yet">
      As soon as the phone system delivers its first record, the call appears here. An administrator connects phone
      systems under Administration.
    </Notice>
  );
}
