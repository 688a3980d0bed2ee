import { useState } from "react";
import type { Clinic } from "#shared/contract/clinics.ts";
import { useDeskClient } from "../../client/desk-context.tsx";
import { useSaving } from "../../client/use-saving.ts";
import { useDraft } from "../../state/use-draft.ts";
import { Action } from "../../ui/action.tsx";
import { Field } from "../../ui/field.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import styles from "./administration.module.css";
import type { HandOver } from "./people.tsx";
import type { Places } from "./places.ts";
import { RoleFields } from "./role-fields.tsx";
import { newRole, readRole, type RoleText } from "./role-form.ts";
import { useMayOrganize } from "./use-may-organize.ts";

type Draft = { email: string; displayName: string; role: RoleText };
const blank: Draft = { email: "", displayName: "", role: newRole };
/** The server nests the role; its fields are told by their last name. */
const lastName = (fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).map(([name, sentence]) => [name.split(".").at(-1) ?? name, sentence]));

/** A person by their address, with a first role. What was written stays over a lock or a refusal. */
export function AddPerson(
  props: Places & {
    clinic: Clinic;
    onDone: (sentence: string, given: HandOver | null) => void;
    onClose: () => void;
  },
) {
  const { clinic, onDone, onClose } = props;
  const client = useDeskClient();
  const mayOrganize = useMayOrganize();
  const [draft, write, forget] = useDraft<Draft>(["add-person", clinic.id], blank);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const { busy, problem, save } = useSaving();
  const fields = { ...(problem ? lastName(problem.fields) : {}), ...problems };
  const submit = async () => {
    const read = readRole(draft.role, null, clinic.id, clinic.timeZone);
    const found: Record<string, string> = "problems" in read ? read.problems : {};
    if (!/^\S+@\S+\.\S+$/.test(draft.email.trim()))
      found["email"] = "Write an e-mail address, like name@clinic.example.";
    if (draft.displayName.trim() === "") found["displayName"] = "Write a name.";
    setProblems(found);
    if ("problems" in read || Object.keys(found).length > 0) return;
    await save(async () => {
      const asked = { email: draft.email.trim(), displayName: draft.displayName.trim(), role: read.role };
      const { person, oneTimePassword } = await client.people.add(asked);
      forget();
      onDone(
        oneTimePassword === null
          ? `${person.displayName} was known already, and has the role here now.`
          : `${person.displayName} was added.`,
        oneTimePassword === null ? null : { person, password: oneTimePassword },
      );
      return "";
    });
  };
  return (
    <Sheet title="Add a person" wide onClose={onClose}>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void submit();
        }}
      >
        <div className={styles.row}>
          <Field
            label="E-mail"
            name="email"
            type="email"
            value={draft.email}
            onChange={(email) => write({ ...draft, email })}
            problem={fields["email"]}
            takesKeyboard
          />
          <Field
            label="Name"
            name="displayName"
            value={draft.displayName}
            onChange={(displayName) => write({ ...draft, displayName })}
            problem={fields["displayName"]}
          />
        </div>
        <RoleFields
          text={draft.role}
          onChange={(role) => write({ ...draft, role })}
          places={props}
          problems={fields}
          mayOrganize={mayOrganize}
        />
        <Refusal problem={problem} title="Not added" />
        <div className={styles.buttons}>
          <Action kind="primary" type="submit" isDisabled={busy}>
            {busy ? "Adding…" : "Add"}
          </Action>
          <Action
            onPress={() => {
              forget();
              onClose();
            }}
          >
            Cancel
          </Action>
        </div>
      </form>
    </Sheet>
  );
}
