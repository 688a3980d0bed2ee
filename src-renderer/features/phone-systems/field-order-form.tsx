import { FieldError } from "react-aria-components/FieldError";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { TextArea } from "react-aria-components/TextArea";
import { TextField } from "react-aria-components/TextField";
import { useDeskClient } from "../../client/desk-context.tsx";
import { useDraft } from "../../state/use-draft.ts";
import { Action } from "../../ui/action.tsx";
import { Card } from "../../ui/card.tsx";
import { readOrder } from "./read-order.ts";
import styles from "./phone-systems.module.css";
import type { Source } from "./use-sources.ts";
import { useSaving } from "../../client/use-saving.ts";

/** The names of a record's fields, as they stand in the phone system's own list; empty lets the reader recognize them. */
export function FieldOrderForm({ source, onClose }: { source: Source; onClose: () => void }) {
  const client = useDeskClient();
  const [text, setText, forget] = useDraft(["field-order", source.id], (source.fieldOrder ?? []).join("\n"));
  const { busy, problem, save } = useSaving();
  const close = () => {
    forget();
    onClose();
  };
  const submit = async () => {
    const done = await save(async () => {
      await client.telephony.setFieldOrder({ sourceId: source.id, fieldOrder: readOrder(text) });
      return "saved";
    });
    if (done) close();
  };
  const said = problem?.fields["fieldOrder"] ?? problem?.message;
  return (
    <Card title={`Order of fields of ${source.name}`}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextField value={text} onChange={setText} isInvalid={said !== undefined} validationBehavior="aria">
          <Label>Field names, one a line, as the phone system lists them</Label>
          <TextArea
            className={styles.area ?? ""}
            rows={12}
            spellCheck={false}
            placeholder={"historyid\ncallid\nduration\n…"}
          />
          <Text slot="description" className={styles.about ?? ""}>
            Leave it empty to have the usual orders recognized by themselves.
          </Text>
          <FieldError className={styles.problem ?? ""}>{said}</FieldError>
        </TextField>
        <div className={styles.buttons}>
          <Action kind="primary" type="submit" isDisabled={busy}>
            Save
          </Action>
          <Action onPress={close}>Cancel</Action>
        </div>
      </form>
    </Card>
  );
}
