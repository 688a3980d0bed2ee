import { useState } from "react";
import type { HeldRole } from "#shared/contract/administration.ts";
import { useDeskClient } from "../../client/desk-context.tsx";
import { useSaving } from "../../client/use-saving.ts";
import { roleWords } from "../../state/role-words.ts";
import { useDraft } from "../../state/use-draft.ts";
import { Action } from "../../ui/action.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import styles from "./administration.module.css";
import type { PersonProps } from "./person-sheet.tsx";
import type { Places } from "./places.ts";
import { RoleFields } from "./role-fields.tsx";
import { newRole, readRole, roleText } from "./role-form.ts";
import { useMayOrganize } from "./use-may-organize.ts";

/** Changes the role that somebody has in this clinic; what it takes from their desks goes at their next contact. */
export function RoleForm({
  person,
  clinic,
  held,
  onDone,
  ...places
}: PersonProps & Places & { held: HeldRole | null }) {
  const client = useDeskClient();
  const mayOrganize = useMayOrganize();
  const start = held ? roleText(held, clinic.timeZone) : newRole;
  const [text, write, forget] = useDraft(["role", clinic.id, person.id], start);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const { busy, problem, save } = useSaving();
  const submit = async () => {
    const read = readRole(text, held, clinic.id, clinic.timeZone);
    setProblems("problems" in read ? read.problems : {});
    if ("problems" in read) return;
    await save(async () => {
      await client.people.setRole({ ...read.role, userId: person.id });
      forget();
      onDone(`${person.displayName} is ${roleWords(read.role.role)} in ${clinic.name}.`);
      return "";
    });
  };
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void submit();
      }}
    >
      <RoleFields
        text={text}
        onChange={write}
        places={places}
        problems={{ ...problem?.fields, ...problems }}
        mayOrganize={mayOrganize}
      />
      <p className={styles.about}>
        Rows that the new role does not show leave this person’s computers at their next contact; they are told how
        many.
      </p>
      <Refusal problem={problem} />
      <div className={styles.buttons}>
        <Action kind="primary" type="submit" isDisabled={busy}>
          {busy ? "Saving…" : held?.active === false ? "Give this role" : "Save the role"}
        </Action>
        {text === start ? null : <Action onPress={forget}>Undo what I wrote</Action>}
      </div>
    </form>
  );
}
