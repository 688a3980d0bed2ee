import { useState } from "react";
import { type Clinic, serviceLevelVariant } from "#shared/contract/clinics.ts";
import { serviceLevelVariants } from "#shared/metrics/service-level.ts";
import { useDeskClient } from "../../client/desk-context.tsx";
import { useDraft } from "../../state/use-draft.ts";
import { Action } from "../../ui/action.tsx";
import { Card } from "../../ui/card.tsx";
import { Field } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Picker } from "../../ui/picker.tsx";
import styles from "./phone-systems.module.css";
import { readRule, type RuleText, ruleText } from "./rule-form.ts";
import { useSaving } from "../../client/use-saving.ts";

const variants = serviceLevelVariant.options.map((id) => ({ id, label: serviceLevelVariants[id].title }));

/** The clinic's service-level rule; a changed one moves every figure that rests on it, back to the first call. */
export function ServiceLevelCard({ clinic }: { clinic: Clinic }) {
  const client = useDeskClient();
  const [text, setText, forget] = useDraft(["service-level", clinic.id], ruleText(clinic.serviceLevel));
  const [problems, setProblems] = useState<Record<string, string>>({});
  const { busy, said, problem, save } = useSaving();
  const set = (name: keyof RuleText) => (value: string) => setText({ ...text, [name]: value });
  const submit = async () => {
    const read = readRule(text);
    setProblems("problems" in read ? read.problems : {});
    if ("problems" in read) return;
    await save(async () => {
      await client.clinics.setServiceLevel({ clinicId: clinic.id, ...read.rule });
      forget();
      return "Saved. All figures follow, back to the first call.";
    });
  };
  const variant = serviceLevelVariants[text.variant];
  const at = (name: keyof RuleText) => problems[name] ?? problem?.fields[name];
  const field = (name: keyof RuleText, label: string) => (
    <Field label={label} name={name} value={text[name]} onChange={set(name)} problem={at(name)} />
  );
  return (
    <Card title="Service level" note="how this clinic counts it">
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Picker
          label="Counted as"
          wide
          choices={variants}
          value={text.variant}
          onChange={(id) => setText({ ...text, variant: serviceLevelVariant.catch(text.variant).parse(id) })}
        />
        <p className={styles.formula}>
          {variant.formula(Number(text.seconds) || 0, Number(text.shortAbandonSeconds) || 0)}
          <br />
          <span className={styles.about}>{variant.authority}</span>
        </p>
        <div className={styles.row}>
          {field("seconds", "Answered within, seconds")}
          {field("goal", "Goal, percent")}
        </div>
        <div className={styles.row}>
          {field("shortAbandonSeconds", "Short abandon below, seconds")}
          {field("waitLimitSeconds", "Longest wait, seconds")}
        </div>
        {problem && Object.keys(problem.fields).length === 0 ? (
          <Notice tone={problem.code === "SERVICE_UNAVAILABLE" ? "offline" : "bad"} title="Not saved">
            {problem.message}
          </Notice>
        ) : null}
        <div className={styles.buttons}>
          <Action kind="primary" type="submit" isDisabled={busy}>
            {busy ? "Saving…" : "Save"}
          </Action>
          {said ? <output className={styles.said}>{said}</output> : null}
        </div>
      </form>
    </Card>
  );
}
