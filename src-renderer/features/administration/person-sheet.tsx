import { useState } from "react";
import type { ManagedPerson } from "#shared/contract/administration.ts";
import type { Clinic } from "#shared/contract/clinics.ts";
import { useDeskStatus } from "../../client/use-desk-status.ts";
import { Action } from "../../ui/action.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import styles from "./administration.module.css";
import type { HandOver } from "./people.tsx";
import { type PersonAct, PersonConfirm } from "./person-confirm.tsx";
import type { Places } from "./places.ts";
import { RoleForm } from "./role-form-part.tsx";
import { roleIn } from "./role-state.ts";

export type PersonProps = {
  person: ManagedPerson;
  clinic: Clinic;
  onDone: (sentence: string, given?: HandOver | null) => void;
};

/** One person: the role in this clinic, and the account. Nobody changes their own. */
export function PersonSheet({ onClose, agents, locations, ...props }: PersonProps & Places & { onClose: () => void }) {
  const { person, clinic } = props;
  const self = useDeskStatus((view) => view.status?.person?.id === person.id);
  const [asked, setAsked] = useState<PersonAct | null>(null);
  const held = roleIn(person, clinic.id);
  const ask = (act: PersonAct, words: string) => <Action onPress={() => setAsked(act)}>{words}</Action>;
  return (
    <Sheet title={person.displayName} wide onClose={onClose}>
      <p className={styles.about}>{person.email}</p>
      {self ? (
        <Notice tone="info" title="This is you">
          Another administrator changes your role and your account. Your own password is under your name, at the top.
        </Notice>
      ) : (
        <>
          {person.kind === "board" ? null : (
            <section className={styles.part}>
              <h3>Role in {clinic.name}</h3>
              <RoleForm {...props} agents={agents} locations={locations} held={held ?? null} />
            </section>
          )}
          <section className={styles.part}>
            <h3>Account</h3>
            <div className={styles.buttons}>
              {ask("password", "Give a one-time password")}
              {person.secondFactor ? ask("secondFactor", "Reset the second factor") : null}
              {held?.active ? ask("takeRole", "Take the role away") : null}
              {person.active ? (
                <Action kind="danger" onPress={() => setAsked("disable")}>
                  Disable the account
                </Action>
              ) : (
                ask("enable", "Enable the account")
              )}
            </div>
          </section>
        </>
      )}
      {asked ? <PersonConfirm {...props} act={asked} onClose={() => setAsked(null)} /> : null}
    </Sheet>
  );
}
