import { useState } from "react";
import type { Clinic } from "#shared/contract/clinics.ts";
import { useLive } from "../../client/use-live.ts";
import { count } from "../../format/numbers.ts";
import { useDraft } from "../../state/use-draft.ts";
import { Action } from "../../ui/action.tsx";
import { Card } from "../../ui/card.tsx";
import { cx } from "../../ui/cx.ts";
import { LiveStates } from "../../ui/live-states.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Hidden } from "../../ui/hidden.tsx";
import table from "../../ui/table.module.css";
import styles from "./administration.module.css";
import { NameSheet } from "./name-sheet.tsx";
import { namesOf } from "./places.ts";
import { StaffSheet } from "./staff-sheet.tsx";
import { usePeople } from "./use-people.ts";

type Opened = { kind: "add" } | { kind: "rename" | "staff"; id: string } | null;

/** Where the clinic works, and whose calls a supervisor sees: those of the locations they are staff of. */
export function Locations({ clinic }: { clinic: Clinic }) {
  const locations = useLive(
    ["managed-locations", clinic.id],
    (client, signal) => client.locations.list({ clinicId: clinic.id }, { signal }),
    ["locations"],
  );
  const people = usePeople(clinic.id).data?.filter(({ kind }) => kind === "person") ?? [];
  const named = people.map(({ id, displayName }) => ({ id, name: displayName }));
  const [opened, setOpened] = useDraft<Opened>(["opened-location", clinic.id], null);
  const [said, setSaid] = useState<string | null>(null);
  const shown = opened && "id" in opened ? locations.data?.find(({ id }) => id === opened.id) : undefined;
  const done = (sentence: string) => {
    setSaid(sentence);
    setOpened(null);
    locations.again();
  };
  const close = () => setOpened(null);
  return (
    <Card
      title="Locations"
      note="supervisors see the calls of theirs"
      aside={
        <Action kind="primary" onPress={() => setOpened({ kind: "add" })}>
          Add a location
        </Action>
      }
    >
      {said ? <output className={styles.said}>{said}</output> : null}
      <LiveStates live={locations} what="the locations" rows={4}>
        {(rows) =>
          rows.length === 0 ? (
            <Notice tone="empty" title="This clinic has no locations yet">
              Add one, then say who works there. Calls are of a location by their source, queue or agent.
            </Notice>
          ) : (
            <div className={table.scroll}>
              <table className={table.table}>
                <thead>
                  <tr>
                    <th scope="col">Name</th>
                    <th scope="col" className={table.left}>
                      Staff
                    </th>
                    <th scope="col">Agents</th>
                    <th scope="col">Queues</th>
                    <th scope="col">
                      <Hidden>Change</Hidden>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((location) => (
                    <tr key={location.id}>
                      <th scope="row">{location.name}</th>
                      <td className={cx(table.left, styles.wrap)}>
                        {staffWords(namesOf(location.staff, named), location.staff.length)}
                      </td>
                      <td>{count(location.agents)}</td>
                      <td>{count(location.queues)}</td>
                      <td>
                        <Action
                          kind="plain"
                          aria-label={`Staff of ${location.name}`}
                          onPress={() => setOpened({ kind: "staff", id: location.id })}
                        >
                          Staff
                        </Action>
                        <Action
                          kind="plain"
                          aria-label={`Rename ${location.name}`}
                          onPress={() => setOpened({ kind: "rename", id: location.id })}
                        >
                          Rename
                        </Action>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </LiveStates>
      {opened?.kind === "add" ? (
        <NameSheet
          title="Add a location"
          draftKey={["add-location", clinic.id]}
          act="Add"
          save={async ({ locations: verbs }, name) => {
            await verbs.add({ clinicId: clinic.id, name });
            done(`${name} was added.`);
          }}
          onClose={close}
        />
      ) : null}
      {opened?.kind === "rename" && shown ? (
        <NameSheet
          title={`Rename ${shown.name}`}
          draftKey={["rename-location", shown.id]}
          start={shown.name}
          act="Rename"
          save={async ({ locations: verbs }, name) => {
            await verbs.rename({ locationId: shown.id, name });
            done(`${shown.name} is called ${name} now.`);
          }}
          onClose={close}
        />
      ) : null}
      {opened?.kind === "staff" && shown ? (
        <StaffSheet location={shown} people={named} onDone={done} onClose={close} />
      ) : null}
    </Card>
  );
}

/** Names where they are known, the number of people where not. */
function staffWords(names: readonly string[], all: number): string {
  if (all === 0) return "nobody";
  return names.length === all ? names.join(", ") : `${count(all)} ${all === 1 ? "person" : "people"}`;
}
