import { useState } from "react";
import type { RetentionSubject } from "#shared/contract/administration.ts";
import type { Clinic } from "#shared/contract/clinics.ts";
import { useDeskClient } from "../../client/desk-context.tsx";
import { useDraft } from "../../state/use-draft.ts";
import { Action } from "../../ui/action.tsx";
import { Field } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import styles from "./administration.module.css";
import { RetentionConfirm } from "./retention-confirm.tsx";
import { daysWords, readDays, subjectWords } from "./retention-words.ts";

export type RetentionRule = {
  subject: RetentionSubject;
  days: number;
  keepsFrom: string;
  held: number;
  oldest: string | null;
};

/** Asks for the days, then says what will go before anything is set. */
export function RetentionSheet(props: {
  clinic: Clinic;
  rule: RetentionRule;
  onDone: (sentence: string) => void;
  onClose: () => void;
}) {
  const { clinic, rule, onDone, onClose } = props;
  const client = useDeskClient();
  const [text, write, forget] = useDraft(["retention", clinic.id, rule.subject], String(rule.days));
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [asked, setAsked] = useState<number | null>(null);
  const words = subjectWords[rule.subject];
  const submit = () => {
    const read = readDays(text);
    setProblem("problem" in read ? read.problem : undefined);
    if ("days" in read) setAsked(read.days);
  };
  return (
    <Sheet title={`How long ${words.title.toLowerCase()} are kept`} onClose={onClose}>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field
          label="Days"
          name="days"
          inputMode="numeric"
          value={text}
          onChange={write}
          problem={problem}
          hint={`Now ${daysWords(rule.days)}. The usual is 2,555 days, 7 years.`}
          takesKeyboard
        />
        <div className={styles.buttons}>
          <Action kind="primary" type="submit">
            Go on
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
      {asked === null ? null : (
        <RetentionConfirm
          clinic={clinic}
          rule={rule}
          days={asked}
          onClose={() => setAsked(null)}
          onConfirm={async () => {
            await client.retention.set({ clinicId: clinic.id, subject: rule.subject, days: asked });
            forget();
            onDone(`${words.title} are kept for ${daysWords(asked)} from now on.`);
          }}
        />
      )}
    </Sheet>
  );
}
