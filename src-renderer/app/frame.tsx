import { useEffect, useMemo, useRef, useState } from "react";
import { useDesk } from "../client/desk-context.tsx";
import { useDeskStatus } from "../client/use-desk-status.ts";
import { Administration } from "../features/administration/administration.tsx";
import { Calls } from "../features/calls/calls.tsx";
import { PhoneSystems } from "../features/phone-systems/phone-systems.tsx";
import { Today } from "../features/today/today.tsx";
import { Trends } from "../features/trends/trends.tsx";
import type { Clinic } from "#shared/contract/clinics.ts";
import { useKeptScroll } from "../state/kept-scroll.ts";
import type { Route } from "../state/routes.ts";
import { callsSeen, maySeeCalls, screensFor } from "../state/screens.ts";
import { useClinic, useClinics } from "../state/use-clinic.ts";
import { useRoute } from "../state/use-route.ts";
import { Hidden } from "../ui/hidden.tsx";
import { LiveStates } from "../ui/live-states.tsx";
import { Notice } from "../ui/notice.tsx";
import { ChangePassword } from "./change-password.tsx";
import { CommandPalette } from "./command-palette.tsx";
import { ErrorBoundary } from "./error-boundary.tsx";
import styles from "./frame.module.css";
import { Nav } from "./nav.tsx";
import { sessionCommands } from "./session-commands.ts";
import { StatusBar } from "./status-bar.tsx";
import { TopBar } from "./top-bar.tsx";

/** The window as it stands: brand, bar, navigation, the screen, and the status at its foot. */
export function Frame() {
  const { client } = useDesk();
  const clinics = useClinics();
  const clinic = useClinic();
  const route = useRoute();
  const person = useDeskStatus((view) => view.status?.person);
  const [finding, setFinding] = useState(false);
  const [changingPassword, setChangingPassword] = useState(false);
  const main = useRef<HTMLElement>(null);
  const entries = screensFor(person, clinic?.id);
  const session = useMemo(() => sessionCommands(client, { changePassword: () => setChangingPassword(true) }), [client]);
  useKeptScroll(main, `main ${route.screen} ${route.screen === "administration" ? route.id : ""}`);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setFinding(true);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  useEffect(() => {
    const title = entries.find((entry) => entry.screen === route.screen)?.title ?? "Today";
    document.title = `${title} · Careboard`;
  }, [entries, route.screen]);

  return (
    <div className={styles.frame}>
      <a
        className={styles.skip}
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Go to the figures
      </a>
      <Nav entries={entries} current={route.screen} />
      <TopBar
        clinic={clinic}
        clinics={clinics.data ?? []}
        seen={callsSeen(person, clinic?.id)}
        person={person ?? null}
        session={session}
        onFind={() => setFinding(true)}
      />
      <main className={styles.main} ref={main} id="main" tabIndex={-1}>
        <ErrorBoundary key={route.screen} within="This screen">
          {clinic ? (
            <ScreenOf clinic={clinic} route={route} sees={maySeeCalls(person, clinic.id)} />
          ) : (
            <>
              <Hidden as="h1">Careboard</Hidden>
              <LiveStates live={clinics} what="your clinics" rows={6}>
                {() => (
                  <Notice tone="empty" title="You belong to no clinic yet">
                    Ask your administrator to give your account a role in a clinic.
                  </Notice>
                )}
              </LiveStates>
            </>
          )}
        </ErrorBoundary>
      </main>
      <StatusBar clinic={clinic} />
      <CommandPalette
        open={finding}
        onOpenChange={setFinding}
        clinic={clinic}
        clinics={clinics.data ?? []}
        session={session}
      />
      {changingPassword ? <ChangePassword onClose={() => setChangingPassword(false)} /> : null}
    </div>
  );
}

function ScreenOf({ clinic, route, sees }: { clinic: Clinic; route: Route; sees: boolean }) {
  if (!sees && route.screen !== "administration") {
    return (
      <>
        <Hidden as="h1">{clinic.name}</Hidden>
        <Notice tone="empty" title="Your role shows no calls">
          Calls of {clinic.name} are for its call center. If you need them, ask an administrator for another role.
        </Notice>
      </>
    );
  }
  switch (route.screen) {
    case "calls":
      return <Calls clinic={clinic} route={route} />;
    case "trends":
      return <Trends clinic={clinic} route={route} />;
    case "administration":
      return <Administration clinic={clinic} route={route} sources={<PhoneSystems clinic={clinic} route={route} />} />;
    // The gallery and the board stand outside of the frame.
    case "today":
    case "board":
    case "gallery":
      break;
  }
  return <Today clinic={clinic} />;
}
