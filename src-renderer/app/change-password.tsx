import { useState } from "react";
import { useDeskClient } from "../client/desk-context.tsx";
import { useSaving } from "../client/use-saving.ts";
import { checkNewSecret } from "../state/check-new-secret.ts";
import { passwordRules } from "../state/password-rules.ts";
import { Action } from "../ui/action.tsx";
import { Field } from "../ui/field.tsx";
import { Refusal } from "../ui/refusal.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { NewSecretFields } from "./new-secret-fields.tsx";
import styles from "./sign-in.module.css";

const blank = { first: "", again: "" };

/** Another password; the other desks of this person ask for it at their next contact. */
export function ChangePassword({ onClose }: { onClose: () => void }) {
  const client = useDeskClient();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState(blank);
  const [problems, setProblems] = useState<{ current?: string; first?: string; again?: string }>({});
  const { busy, said, problem, save } = useSaving();
  const submit = async () => {
    const found = {
      ...(current === "" ? { current: "Write your password." } : {}),
      ...checkNewSecret(next.first, next.again),
    };
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    const done = await save(async () => {
      await client.session.changePassword({ current, next: next.first });
      return "Your password is changed. Other computers ask for the new one.";
    });
    if (!done) return;
    setCurrent("");
    setNext(blank);
  };
  return (
    <Sheet title="Change password" onClose={onClose}>
      {said ? (
        <div className={styles.form}>
          <output>{said}</output>
          <div>
            <Action kind="primary" onPress={onClose}>
              Close
            </Action>
          </div>
        </div>
      ) : (
        <form
          className={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy) void submit();
          }}
        >
          <Field
            label="Password now"
            name="current"
            type="password"
            value={current}
            onChange={setCurrent}
            problem={problems.current ?? problem?.fields["current"]}
            autoComplete="current-password"
            takesKeyboard
          />
          <NewSecretFields
            name="password"
            what="New password"
            hint={passwordRules}
            value={next}
            onChange={setNext}
            problems={{ first: problems.first ?? problem?.fields["next"], again: problems.again }}
          />
          <Refusal problem={problem} title="Not changed" />
          <Action kind="primary" type="submit" isDisabled={busy}>
            {busy ? "Changing…" : "Change password"}
          </Action>
        </form>
      )}
    </Sheet>
  );
}
