import { useState } from "react";
import type { DeskClient } from "../../client/desk-client.ts";
import { useDeskClient } from "../../client/desk-context.tsx";
import { useSaving } from "../../client/use-saving.ts";
import { useDraft } from "../../state/use-draft.ts";
import { Action } from "../../ui/action.tsx";
import { Field } from "../../ui/field.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import styles from "./administration.module.css";

/** Asks for one name. */
export function NameSheet(props: {
  title: string;
  draftKey: readonly string[];
  start?: string;
  act: string;
  save: (client: DeskClient, name: string) => Promise<void>;
  onClose: () => void;
}) {
  const { title, draftKey, start = "", act, onClose } = props;
  const client = useDeskClient();
  const [name, write, forget] = useDraft(draftKey, start);
  const [missing, setMissing] = useState<string | undefined>(undefined);
  const { busy, problem, save } = useSaving();
  const submit = async () => {
    setMissing(name.trim() === "" ? "Write a name." : undefined);
    if (name.trim() === "") return;
    await save(async () => {
      await props.save(client, name.trim());
      forget();
      return "";
    });
  };
  return (
    <Sheet title={title} onClose={onClose}>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void submit();
        }}
      >
        <Field
          label="Name"
          name="name"
          value={name}
          onChange={write}
          problem={missing ?? problem?.fields["name"]}
          takesKeyboard
        />
        <Refusal problem={problem} />
        <div className={styles.buttons}>
          <Action kind="primary" type="submit" isDisabled={busy}>
            {busy ? "Saving…" : act}
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
