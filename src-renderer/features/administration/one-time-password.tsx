import type { ManagedPerson } from "#shared/contract/administration.ts";
import { Action } from "../../ui/action.tsx";
import { CopyAction } from "../../ui/copy-action.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import styles from "./administration.module.css";

/** Shown once, to be handed over. Only its own button closes it, so that it is not lost by a slip. */
export function OneTimePassword(props: { person: ManagedPerson; password: string; onClose: () => void }) {
  const { person, password, onClose } = props;
  return (
    <Sheet title={`One-time password for ${person.displayName}`} mustAnswer onClose={onClose}>
      <div className={styles.form}>
        <p>
          Sign in as <b>{person.email}</b> with
        </p>
        <code className={styles.secret}>{password}</code>
        <p className={styles.about}>
          It is shown now and never again. It lets in once, to choose another password, and only in the next seven days.
          Hand it over in person or by telephone, not by e-mail.
        </p>
        <div className={styles.buttons}>
          <Action kind="primary" onPress={onClose}>
            I have handed it over
          </Action>
          <CopyAction text={password} what="it" />
        </div>
      </div>
    </Sheet>
  );
}
