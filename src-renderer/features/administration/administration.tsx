import type { ReactNode } from "react";
import type { Clinic } from "#shared/contract/clinics.ts";
import { useDeskStatus } from "../../client/use-desk-status.ts";
import { type Route, writeRoute } from "../../state/routes.ts";
import { type AdministrationTabId, administrationTabs } from "../../state/screens.ts";
import { Notice } from "../../ui/notice.tsx";
import { Audit } from "./audit.tsx";
import { Devices } from "./devices.tsx";
import { Locations } from "./locations.tsx";
import { People } from "./people.tsx";
import { Retention } from "./retention.tsx";
import styles from "./administration.module.css";

/** What administrators look after, a part an address. `sources` is drawn by whoever puts the screens together. */
export function Administration({ clinic, route, sources }: { clinic: Clinic; route: Route; sources: ReactNode }) {
  const person = useDeskStatus((view) => view.status?.person);
  const tabs = administrationTabs(person, clinic.id);
  const chosen = tabs.find(({ id }) => id === route.id) ?? tabs[0];
  if (chosen === undefined) {
    return (
      <>
        <h1 className={styles.title}>Administration</h1>
        <Notice tone="empty" title="Administration is for administrators">
          Ask an administrator of {clinic.name} to change people, devices or phone systems.
        </Notice>
      </>
    );
  }
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>Administration</h1>
      <nav className={styles.tabs} aria-label="Parts of the administration">
        {tabs.map(({ id, title }) => (
          <a
            key={id}
            href={writeRoute({ screen: "administration", id })}
            className={styles.tab}
            aria-current={id === chosen.id ? "page" : undefined}
          >
            {title}
          </a>
        ))}
      </nav>
      <Part id={chosen.id} clinic={clinic} route={route} sources={sources} />
    </div>
  );
}

type PartProps = { id: AdministrationTabId; clinic: Clinic; route: Route; sources: ReactNode };

/** Keyed by the clinic: what is being written belongs to one. */
function Part({ id, clinic, route, sources }: PartProps) {
  switch (id) {
    case "people":
      return <People key={clinic.id} clinic={clinic} />;
    case "locations":
      return <Locations key={clinic.id} clinic={clinic} />;
    case "devices":
      return <Devices key={clinic.id} clinic={clinic} />;
    case "retention":
      return <Retention key={clinic.id} clinic={clinic} />;
    case "audit":
      return <Audit key={clinic.id} clinic={clinic} route={route} />;
    case "sources":
      break;
  }
  return sources;
}
