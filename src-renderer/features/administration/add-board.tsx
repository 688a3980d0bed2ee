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

/** An account for a wall. */
export function AddBoard(props: {
  clinic: Clinic;
  onDone: (sentence: string, given: HandOver) => void;
  onClose: () => void;
}) {
  const { clinic, onDone, onClose } = props;
  const client = useDeskClient();
  const [name, write, forget] = useDraft(["add-board", clinic.id], "");
  const [missing, setMissing] = useState<string | undefined>(undefined);
  const { busy, problem, save } = useSaving();
  const submit = async () => {
    setMissing(name.trim() === "" ? "Write where it hangs." : undefined);
    if (name.trim() === "") return;
    await save(async () => {
      const { person, oneTimePassword } = await client.people.addBoard({ clinicId: clinic.id, name: name.trim() });
      forget();
      onDone(`The board “${person.displayName}” was added.`, { person, password: oneTimePassword });
      return "";
    });
  };
  return (
    <Sheet title="Add a board" onClose={onClose}>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void submit();
        }}
      >
        <p className={styles.about}>
          An account for a wall. It shows the board of {clinic.name} and nothing else: figures added up, agents by their
          first names, no callers. It never locks.
        </p>
        <Field
          label="Name"
          name="name"
          value={name}
          onChange={write}
          problem={missing ?? problem?.fields["name"]}
          placeholder="Wall in the call center"
          takesKeyboard
        />
        <Refusal problem={problem} title="Not added" />
        <div className={styles.buttons}>
          <Action kind="primary" type="submit" isDisabled={busy}>
            {busy ? "Adding…" : "Add"}
          </Action>
          <Action onPress={onClose}>Cancel</Action>
        </div>
      </form>
    </Sheet>
  );
}
