import type { Clinic } from "#shared/contract/clinics.ts";
import { useDeskStatus } from "../../client/use-desk-status.ts";
import { useLive } from "../../client/use-live.ts";
import { todayTiles } from "../../figures/today-tiles.ts";
import { callsSeen } from "../../state/screens.ts";
import { usePlaceFilter } from "../../state/use-clinic.ts";
import { usePainted } from "../../state/use-painted.ts";
import { Card } from "../../ui/card.tsx";
import { Hidden } from "../../ui/hidden.tsx";
import { LiveStates } from "../../ui/live-states.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { AgentsCard } from "./agents-card.tsx";
import { HoursCard } from "./hours-card.tsx";
import { LongestWaitsCard } from "./longest-waits-card.tsx";
import { QueuesCard } from "./queues-card.tsx";
import { StaleMark } from "./stale-mark.tsx";
import { Tile, TileSkeleton } from "./tile.tsx";
import styles from "./today.module.css";

/** Why there may be none although the telephones ring. */
const emptyWords = {
  all: "An administrator sees when each phone system was last heard from.",
  locations: "You see the calls of the locations where you work; those without a location are for managers.",
  own: "You see the calls that you answered yourself.",
};

/** How the clinic's telephones do today, against the usual day of that name. */
export function Today({ clinic }: { clinic: Clinic }) {
  const filter = usePlaceFilter(clinic);
  const key = `today ${filter.clinicId} ${filter.locationId ?? ""}`;
  const live = useLive(key, (client, signal) => client.today.overview(filter, { signal }), ["calls", "clinics"], {
    everyMinute: true,
  });
  const overview = usePainted(key, live);
  const seen = useDeskStatus((view) => callsSeen(view.status?.person, clinic.id));
  return (
    <div className={styles.today}>
      <Hidden as="h1">Today</Hidden>
      {overview.stale ? <StaleMark questionKey={key} timeZone={clinic.timeZone} /> : null}
      <LiveStates live={overview} what="today’s figures" skeleton={<TilesSkeleton />}>
        {(data) => (
          <>
            {data.values.offered + data.values.outbound + data.values.internal === 0 ? (
              <div className={styles.whole}>
                <Notice tone="empty" title="No calls yet today">
                  {emptyWords[seen]} The first one appears here by itself; Trends shows other days.
                </Notice>
              </div>
            ) : null}
            {todayTiles(data, clinic.serviceLevel).map((tile) => (
              <Tile key={tile.id} tile={tile} stale={overview.stale} timeZone={clinic.timeZone} />
            ))}
            <HoursCard overview={data} clinic={clinic} className={styles.wide} />
          </>
        )}
      </LiveStates>
      <QueuesCard clinic={clinic} filter={filter} day={overview.data?.day} className={styles.side} />
      <AgentsCard filter={filter} timeZone={clinic.timeZone} day={overview.data?.day} className={styles.wide} />
      <LongestWaitsCard clinic={clinic} filter={filter} className={styles.side} />
    </div>
  );
}

function TilesSkeleton() {
  return (
    <>
      {Array.from({ length: 6 }, (_, at) => (
        <TileSkeleton key={at} />
      ))}
      <Card title="Calls by hour" className={styles.wide}>
        <Skeleton rows={6} height={28} />
      </Card>
    </>
  );
}
