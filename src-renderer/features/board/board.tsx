import { type ReactNode, useEffect } from "react";
import type { Clinic } from "#shared/contract/clinics.ts";
import { useLive } from "../../client/use-live.ts";
import { boardFigures } from "../../figures/board-figures.ts";
import { useClinic, useClinics, usePlaceFilter } from "../../state/use-clinic.ts";
import { usePainted } from "../../state/use-painted.ts";
import { LiveStates } from "../../ui/live-states.tsx";
import { BoardClock } from "./board-clock.tsx";
import { BoardFoot } from "./board-foot.tsx";
import { Figure } from "./figure.tsx";
import { Leaders, QueueLines } from "./lists.tsx";
import styles from "./board.module.css";

/** The wall: dark, readable from five metres, no callers; Escape goes back to Today. An account for a `wall` has nowhere to go back to. */
export function Board({ wall = false, actions }: { wall?: boolean; actions?: ReactNode }) {
  const clinics = useClinics();
  const clinic = useClinic();
  useEffect(() => {
    document.title = "Wall · Careboard";
    if (wall) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") window.location.hash = "#/today";
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [wall]);
  return (
    <main className={styles.board} data-theme="dark">
      {clinic ? (
        <BoardOf clinic={clinic} actions={actions} />
      ) : (
        <LiveStates live={clinics} what="your clinics">
          {() => <p className={styles.sub}>No clinic to show: sign in with an account that has one.</p>}
        </LiveStates>
      )}
    </main>
  );
}

function BoardOf({ clinic, actions }: { clinic: Clinic; actions: ReactNode }) {
  const filter = usePlaceFilter(clinic);
  const place = `${filter.clinicId} ${filter.locationId ?? ""}`;
  const often = { everyMinute: true };
  const overview = usePainted(
    `today ${place}`,
    useLive(
      `today ${place}`,
      (client, signal) => client.today.overview(filter, { signal }),
      ["calls", "calls_by_hour", "calls_by_queue", "clinics"],
      often,
    ),
  );
  const queues = usePainted(
    `queues ${place}`,
    useLive(
      `queues ${place}`,
      (client, signal) => client.today.queues(filter, { signal }),
      ["calls", "calls_by_queue", "queues", "clinics"],
      often,
    ),
  );
  const agents = usePainted(
    `agents ${place}`,
    useLive(
      `agents ${place}`,
      (client, signal) => client.today.agents(filter, { signal }),
      ["calls", "calls_by_agent", "agents"],
      often,
    ),
  );
  return (
    <>
      <header className={styles.head}>
        <h1 className={styles.name}>{clinic.name}</h1>
        <span className={styles.sub}>call center</span>
        <BoardClock timeZone={clinic.timeZone} />
      </header>
      <LiveStates
        live={overview}
        what="today’s figures"
        skeleton={<p className={styles.wait}>Loading today’s figures…</p>}
      >
        {(data) => {
          const [first, ...others] = boardFigures(data, queues.data ?? [], clinic.serviceLevel);
          if (first === undefined) return null;
          return (
            <>
              <Figure figure={first} tall>
                <QueueLines queues={queues.data ?? []} rule={clinic.serviceLevel} />
              </Figure>
              {others.map((figure) => (
                <Figure key={figure.id} figure={figure}>
                  {figure.id === "answered" ? <Leaders agents={agents.data ?? []} /> : null}
                </Figure>
              ))}
            </>
          );
        }}
      </LiveStates>
      <BoardFoot timeZone={clinic.timeZone} actions={actions} />
    </>
  );
}
