import { type ReactNode, useState } from "react";
import type { DeskStep } from "#shared/contract/desk-contract.ts";
import type { DeskClient } from "../client/desk-client.ts";
import { checkNewSecret } from "../state/check-new-secret.ts";
import { useSignInFlow } from "../state/sign-in-flow.ts";
import { Action } from "../ui/action.tsx";
import { type NewSecret, NewSecretFields } from "./new-secret-fields.tsx";
import styles from "./sign-in.module.css";
import { StepProblem } from "./step-problem.tsx";
import { useStep } from "./use-step.ts";

/** A step that takes a new password or passphrase. The rules stand there before anything is written. */
export function NewSecretForm(props: {
  name: "password" | "passphrase";
  what: string;
  rules: string;
  submit: string;
  take: (client: DeskClient, secret: string) => Promise<DeskStep>;
  onDone?: (() => void) | undefined;
  children?: ReactNode;
}) {
  const [secret, setSecret] = useState<NewSecret>({ first: "", again: "" });
  const [problems, setProblems] = useState<{ first?: string; again?: string }>({});
  const refused = useSignInFlow((flow) => flow.problem?.fields[props.name]);
  const { busy, take } = useStep();
  const submit = async () => {
    const found = checkNewSecret(secret.first, secret.again);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    if (await take((client) => props.take(client, secret.first))) props.onDone?.();
  };
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void submit();
      }}
    >
      <NewSecretFields
        name={props.name}
        what={props.what}
        hint={props.rules}
        value={secret}
        onChange={setSecret}
        problems={{ first: problems.first ?? refused, again: problems.again }}
        takesKeyboard
      />
      <StepProblem title="Not taken" />
      <Action kind="primary" type="submit" isDisabled={busy}>
        {busy ? "Saving…" : props.submit}
      </Action>
      {props.children}
    </form>
  );
}
