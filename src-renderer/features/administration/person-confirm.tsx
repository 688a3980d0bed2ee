import type { ReactNode } from "react";
import { must } from "#shared/kit/must.ts";
import { useDeskClient } from "../../client/desk-context.tsx";
import { roleWords } from "../../state/role-words.ts";
import { Confirm } from "../../ui/confirm.tsx";
import type { PersonProps } from "./person-sheet.tsx";
import { roleIn } from "./role-state.ts";

export type PersonAct = "password" | "secondFactor" | "takeRole" | "disable" | "enable";

/** What is done to an account, said before it is done: to the person, and to their computers. */
export function PersonConfirm({
  person,
  clinic,
  onDone,
  act,
  onClose,
}: PersonProps & { act: PersonAct; onClose: () => void }) {
  const { people } = useDeskClient();
  const name = person.displayName;
  const userId = person.id;
  const acts: Record<
    PersonAct,
    { title: string; act: string; danger?: boolean; text: ReactNode; run: () => Promise<void> }
  > = {
    password: {
      title: `Give ${name} a one-time password?`,
      act: "Give it",
      text: `The password of now no longer lets in, and every session of ${name} ends. What their computers hold stays, encrypted.`,
      run: async () => {
        const given = await people.resetPassword({ userId });
        onDone(`${name} has a one-time password.`, { person: given.person, password: given.oneTimePassword });
      },
    },
    secondFactor: {
      title: `Reset the second factor of ${name}?`,
      act: "Reset it",
      danger: true,
      text: "Their authenticator and recovery codes no longer count. Until a new one is set up the password alone lets in: make sure that it is them who ask.",
      run: async () => {
        await people.resetSecondFactor({ userId });
        onDone(`${name} sets up a new second factor at the next sign-in, where the clinic demands one.`);
      },
    },
    takeRole: {
      title: `Take the role in ${clinic.name} away from ${name}?`,
      act: "Take it away",
      danger: true,
      text: `Every row of ${clinic.name} leaves their computers at the next contact, and they are told so. The account and roles in other clinics stay.`,
      run: async () => {
        const held = must(roleIn(person, clinic.id), "a role to take");
        await people.setRole({ ...held, active: false, userId });
        onDone(`${name} is no longer ${roleWords(held.role)} in ${clinic.name}.`);
      },
    },
    disable: {
      title: `Disable the account of ${name}?`,
      act: "Disable the account",
      danger: true,
      text: `${name} is signed out everywhere. At their next contact their computers erase what they hold, and send a receipt with the counts. Nothing is deleted on the server, and the account can be enabled again.`,
      run: async () => {
        await people.setActive({ userId, active: false });
        onDone(`The account of ${name} is disabled.`);
      },
    },
    enable: {
      title: `Enable the account of ${name}?`,
      act: "Enable the account",
      text: "They sign in with the password of before, have the roles of before, and fetch their data anew.",
      run: async () => {
        await people.setActive({ userId, active: true });
        onDone(`The account of ${name} is enabled.`);
      },
    },
  };
  const { title, act: words, danger = false, text, run } = acts[act];
  return (
    <Confirm title={title} act={words} danger={danger} onConfirm={run} onClose={onClose}>
      <p>{text}</p>
    </Confirm>
  );
}
