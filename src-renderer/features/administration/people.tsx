import { useState } from "react";
import type { ManagedPerson } from "#shared/contract/administration.ts";
import type { Clinic } from "#shared/contract/clinics.ts";
import { useDirectory } from "../../state/use-clinic.ts";
import { useDraft } from "../../state/use-draft.ts";
import { Action } from "../../ui/action.tsx";
import { Card } from "../../ui/card.tsx";
import { LiveStates } from "../../ui/live-states.tsx";
import { Notice } from "../../ui/notice.tsx";
import styles from "./administration.module.css";
import { AddBoard } from "./add-board.tsx";
import { AddPerson } from "./add-person.tsx";
import { OneTimePassword } from "./one-time-password.tsx";
import { PeopleTable } from "./people-table.tsx";
import { PersonSheet } from "./person-sheet.tsx";
import { usePeople } from "./use-people.ts";

type Opened = { kind: "add" } | { kind: "board" } | { kind: "person"; id: string } | null;
/** A one-time password to hand over, shown until it is closed and then never again. */
export type HandOver = { person: ManagedPerson; password: string };

/** Who may do what in this clinic, and from when until when. */
export function People({ clinic }: { clinic: Clinic }) {
  const people = usePeople(clinic.id);
  const directory = useDirectory(clinic.id).data;
  const [opened, setOpened] = useDraft<Opened>(["opened-person", clinic.id], null);
  const [handOver, setHandOver] = useState<HandOver | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const places = { agents: directory?.agents ?? [], locations: directory?.locations ?? [] };
  const done = (sentence: string, given: HandOver | null = null) => {
    setSaid(sentence);
    setHandOver(given);
    setOpened(null);
    people.again();
  };
  const close = () => setOpened(null);
  const shown = opened?.kind === "person" ? people.data?.find(({ id }) => id === opened.id) : undefined;
  return (
    <Card
      title="People and roles"
      note={`of ${clinic.name}`}
      aside={
        <>
          <Action onPress={() => setOpened({ kind: "board" })}>Add a board</Action>
          <Action kind="primary" onPress={() => setOpened({ kind: "add" })}>
            Add a person
          </Action>
        </>
      }
    >
      {said ? <output className={styles.said}>{said}</output> : null}
      <LiveStates live={people} what="the people of this clinic" rows={8}>
        {(rows) =>
          rows.length === 0 ? (
            <Notice tone="empty" title="Nobody has a role here yet">
              Add a person: an address that the organization knows already just gets the role.
            </Notice>
          ) : (
            <PeopleTable
              rows={rows}
              clinic={clinic}
              {...places}
              onOpen={(person) => setOpened({ kind: "person", id: person.id })}
            />
          )
        }
      </LiveStates>
      {opened?.kind === "add" ? <AddPerson clinic={clinic} {...places} onDone={done} onClose={close} /> : null}
      {opened?.kind === "board" ? <AddBoard clinic={clinic} onDone={done} onClose={close} /> : null}
      {shown ? <PersonSheet person={shown} clinic={clinic} {...places} onDone={done} onClose={close} /> : null}
      {handOver ? (
        <OneTimePassword person={handOver.person} password={handOver.password} onClose={() => setHandOver(null)} />
      ) : null}
    </Card>
  );
}
