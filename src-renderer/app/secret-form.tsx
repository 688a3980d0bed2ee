import { useState } from "react";
import type { DeskStep } from "#shared/contract/desk-contract.ts";
import type { DeskClient } from "../client/desk-client.ts";
import { useSignInFlow } from "../state/sign-in-flow.ts";
import { Action } from "../ui/action.tsx";
import { Field } from "../ui/field.tsx";
import styles from "./sign-in.module.css";
import { StepProblem, useHeldBack } from "./step-problem.tsx";
import { useStep } from "./use-step.ts";

/** One secret that opens something this desk holds. */
export function SecretForm(props: {
  label: string;
  submit: string;
  busy: string;
  refused: string;
  take: (client: DeskClient, secret: string) => Promise<DeskStep>;
}) {
  const [secret, setSecret] = useState("");
  const [missing, setMissing] = useState<string | undefined>(undefined);
  const refused = useSignInFlow((flow) => flow.problem?.fields["password"]);
  const { busy, take } = useStep();
  const heldBack = useHeldBack();
  const submit = async () => {
    setMissing(secret === "" ? `Write your ${props.label.toLowerCase()}.` : undefined);
    if (secret === "") return;
    await take((client) => props.take(client, secret));
    setSecret("");
  };
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (heldBack === 0 && !busy) void submit();
      }}
    >
      <Field
        label={props.label}
        name="password"
        type="password"
        value={secret}
        onChange={setSecret}
        problem={missing ?? refused}
        autoComplete="current-password"
        takesKeyboard
      />
      <StepProblem title={props.refused} />
      <Action kind="primary" type="submit" isDisabled={busy || heldBack > 0}>
        {busy ? props.busy : props.submit}
      </Action>
    </form>
  );
}
