import { type FormEvent, useState } from "react";
import { useDeskStatus } from "../client/use-desk-status.ts";
import { checkSignIn } from "../state/check-sign-in.ts";
import { useSignInFlow, writeEmail } from "../state/sign-in-flow.ts";
import { Action } from "../ui/action.tsx";
import { Field } from "../ui/field.tsx";
import { Providers } from "./providers.tsx";
import styles from "./sign-in.module.css";
import { StepProblem, useHeldBack } from "./step-problem.tsx";
import { useStep } from "./use-step.ts";

/** E-mail and password, or a provider; what is wrong stands beside its field, what the server says above the button. */
export function SignInForm({ email: known, onDone }: { email?: string; onDone?: (() => void) | undefined }) {
  const server = useDeskStatus((view) => view.status?.server);
  const written = useSignInFlow((flow) => flow.email);
  const refused = useSignInFlow((flow) => flow.problem?.fields);
  const email = written === "" ? (known ?? "") : written;
  const [password, setPassword] = useState("");
  const [missing, setMissing] = useState<Record<string, string>>({});
  const { busy, take } = useStep();
  const heldBack = useHeldBack();
  const fields = { ...refused, ...missing };

  const submit = async () => {
    const problems = checkSignIn(email, password);
    setMissing(problems);
    if (Object.keys(problems).length > 0) return;
    const open = await take(({ desk }) => desk.signIn({ email: email.trim(), password }));
    // A password that was refused is typed anew; one that was taken is not kept.
    setPassword("");
    if (open) onDone?.();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (heldBack === 0 && !busy) void submit();
  };

  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      <Field
        label="E-mail"
        name="email"
        type="email"
        value={email}
        onChange={writeEmail}
        problem={fields["email"]}
        autoComplete="username"
        takesKeyboard={email === ""}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        value={password}
        onChange={setPassword}
        problem={fields["password"]}
        autoComplete="current-password"
        takesKeyboard={email !== ""}
      />
      <StepProblem title="Not signed in" />
      <Action kind="primary" type="submit" isDisabled={busy || heldBack > 0}>
        {busy ? "Signing in…" : "Sign in"}
      </Action>
      <Providers onDone={onDone} />
      <div className={styles.small}>
        <p>Without a network you can sign in if this computer holds your data.</p>
        {server ? <p>Clinic server {server}</p> : null}
      </div>
    </form>
  );
}
