import { useDeskClient } from "../../client/desk-context.tsx";
import { useSaving } from "../../client/use-saving.ts";
import { count } from "../../format/numbers.ts";
import { useDraft } from "../../state/use-draft.ts";
import { Action } from "../../ui/action.tsx";
import { Checks } from "../../ui/checks.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import styles from "./administration.module.css";

/** Who works at a location. */
export function StaffSheet(props: {
  location: { id: string; name: string; staff: string[] };
  people: readonly { id: string; name: string }[];
  onDone: (sentence: string) => void;
  onClose: () => void;
}) {
  const { location, people, onDone, onClose } = props;
  const client = useDeskClient();
  const [userIds, write, forget] = useDraft(["staff", location.id], location.staff);
  const { busy, problem, save } = useSaving();
  const submit = () =>
    save(async () => {
      const { staff } = await client.locations.setStaff({ locationId: location.id, userIds });
      forget();
      onDone(`${count(staff.length)} ${staff.length === 1 ? "person works" : "people work"} at ${location.name} now.`);
      return "";
    });
  return (
    <Sheet title={`Staff of ${location.name}`} wide onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void submit();
        }}
      >
        <Checks
          label="Who works here"
          choices={people.map(({ id, name }) => ({ id, label: name }))}
          value={userIds}
          onChange={write}
          empty="This clinic has no people yet: add them under People and roles."
          problem={problem?.fields["userIds"]}
        />
        <p className={styles.about}>
          Supervisors see the calls of the locations they work at. Who is taken from one loses its calls on their
          computers at the next contact.
        </p>
        <Refusal problem={problem} />
        <div className={styles.buttons}>
          <Action kind="primary" type="submit" isDisabled={busy}>
            {busy ? "Saving…" : "Save the staff"}
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
