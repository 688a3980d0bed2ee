import { useState } from "react";
import type { SecurityTerms } from "#shared/contract/administration.ts";
import type { Clinic } from "#shared/contract/clinics.ts";
import { useDeskClient } from "../../client/desk-context.tsx";
import { useLive } from "../../client/use-live.ts";
import { useSaving } from "../../client/use-saving.ts";
import { useDraft } from "../../state/use-draft.ts";
import { Action } from "../../ui/action.tsx";
import { Card } from "../../ui/card.tsx";
import { Check } from "../../ui/check.tsx";
import { Field } from "../../ui/field.tsx";
import { LiveStates } from "../../ui/live-states.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import styles from "./administration.module.css";
import { readTerms, termsText, type TermsText } from "./terms-form.ts";

/** How this clinic's desks are guarded: shorter than the defaults if it likes, never longer. */
export function TermsCard({ clinic }: { clinic: Clinic }) {
  const terms = useLive(
    ["terms", clinic.id],
    (client, signal) => client.devices.terms({ clinicId: clinic.id }, { signal }),
    [],
  );
  return (
    <Card title="How desks are guarded" note="of people in several clinics the strictest counts">
      <LiveStates live={terms} what="how desks are guarded" rows={4}>
        {(held) => <TermsForm clinic={clinic} held={held} onSaved={terms.again} />}
      </LiveStates>
    </Card>
  );
}

function TermsForm({ clinic, held, onSaved }: { clinic: Clinic; held: SecurityTerms; onSaved: () => void }) {
  const client = useDeskClient();
  const [text, write, forget] = useDraft(["terms", clinic.id], termsText(held));
  const [problems, setProblems] = useState<Record<string, string>>({});
  const { busy, said, problem, save } = useSaving();
  const submit = async () => {
    const read = readTerms(text);
    setProblems("problems" in read ? read.problems : {});
    if ("problems" in read) return;
    await save(async () => {
      await client.devices.setTerms({ clinicId: clinic.id, ...read.terms });
      forget();
      onSaved();
      return "Saved. Desks follow at their next contact.";
    });
  };
  const field = (name: Exclude<keyof TermsText, "secondFactor">, label: string, hint: string) => (
    <Field
      label={label}
      name={name}
      inputMode="numeric"
      value={text[name]}
      onChange={(value) => write({ ...text, [name]: value })}
      problem={problems[name] ?? problem?.fields[name]}
      hint={hint}
    />
  );
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void submit();
      }}
    >
      <div className={styles.row}>
        {field("idleMinutes", "Lock when idle, minutes", "1 to 10. Boards never lock.")}
        {field("lockAfterHours", "Lock without contact, hours", "1 to 72, then only the server opens it.")}
        {field("eraseAfterDays", "Erase without contact, days", "1 to 14, then the copy is gone.")}
      </div>
      <Check checked={text.secondFactor} onChange={(secondFactor) => write({ ...text, secondFactor })}>
        Demand a second factor: whoever has none sets one up at the next sign-in.
      </Check>
      <Refusal problem={problem} />
      <div className={styles.buttons}>
        <Action kind="primary" type="submit" isDisabled={busy}>
          {busy ? "Saving…" : "Save"}
        </Action>
        {said ? <output className={styles.said}>{said}</output> : null}
      </div>
    </form>
  );
}
