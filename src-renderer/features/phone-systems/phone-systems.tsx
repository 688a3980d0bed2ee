import { Tab, TabList, TabPanel, Tabs } from "react-aria-components/Tabs";
import type { Clinic } from "#shared/contract/clinics.ts";
import type { Route } from "../../state/routes.ts";
import { useDirectory } from "../../state/use-clinic.ts";
import { go } from "../../state/use-route.ts";
import { MappingCard } from "./mapping-card.tsx";
import styles from "./phone-systems.module.css";
import { RejectedCard } from "./rejected-card.tsx";
import { ServiceLevelCard } from "./service-level-card.tsx";
import { SourcesCard } from "./sources-card.tsx";
import { useSources } from "./use-sources.ts";

const tabs = [
  { id: "sources", title: "Sources" },
  { id: "rejected", title: "Rejected records" },
  { id: "extensions", title: "Extensions" },
  { id: "queues", title: "Queue numbers" },
  { id: "service-level", title: "Service level" },
];

/** Where calls come from, what could not be read of them, and who is behind which number. All of it lives on the clinic server. */
export function PhoneSystems({ clinic, route }: { clinic: Clinic; route: Route }) {
  const sources = useSources(clinic.id);
  const directory = useDirectory(clinic.id).data;
  const chosen = tabs.find(({ id }) => id === route.params["part"])?.id ?? "sources";
  const rejected = sources.data?.reduce((sum, source) => sum + source.rejected, 0) ?? 0;
  return (
    <div className={styles.page}>
      <Tabs
        selectedKey={chosen}
        onSelectionChange={(id) => go({ screen: "administration", id: "sources", params: { part: String(id) } })}
      >
        <TabList aria-label="Parts of the phone systems" className={styles.parts ?? ""}>
          {tabs.map(({ id, title }) => (
            <Tab key={id} id={id} className={styles.part ?? ""}>
              {title}
              {id === "rejected" && rejected > 0 ? <span className={styles.badge}>{rejected}</span> : null}
            </Tab>
          ))}
        </TabList>
        <TabPanel id="sources" className={styles.panel ?? ""}>
          <SourcesCard sources={sources} timeZone={clinic.timeZone} />
        </TabPanel>
        <TabPanel id="rejected" className={styles.panel ?? ""}>
          <RejectedCard key={clinic.id} clinic={clinic} onRead={sources.again} />
        </TabPanel>
        <TabPanel id="extensions" className={styles.panel ?? ""}>
          <MappingCard
            kind="extension"
            clinic={clinic}
            targets={directory?.agents ?? []}
            sources={sources.data ?? []}
          />
        </TabPanel>
        <TabPanel id="queues" className={styles.panel ?? ""}>
          <MappingCard kind="queue" clinic={clinic} targets={directory?.queues ?? []} sources={sources.data ?? []} />
        </TabPanel>
        <TabPanel id="service-level" className={styles.panel ?? ""}>
          <ServiceLevelCard key={clinic.id} clinic={clinic} />
        </TabPanel>
      </Tabs>
    </div>
  );
}
