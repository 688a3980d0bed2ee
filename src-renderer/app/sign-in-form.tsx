import { type FormEvent, useState } from "react";
import { useDeskClient } from "../client/desk-context.tsx";
import { deskError } from "../client/desk-error.ts";
import { useDeskStatus } from "../client/use-desk-status.ts";
import { checkSignIn } from "../state/check-sign-in.ts";
import { Action } from "../ui/action.tsx";
import { Field } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import styles from "./sign-in.module.css";

type Problem = { sentence: string; unreachable: boolean; fields: Record<string, string> };

/** E-mail and password; what is wrong stands beside its field, what the server says above the button. */
export function SignInForm({ email: known = "", onDone }: { email?: string; onDone?: () => void }) {
  const client = useDeskClient();
  const server = useDeskStatus((view) => view.status?.server);
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [asking, setAsking] = useState(false);

  const submit = async () => {
    const fields = checkSignIn(email, password);
    if (Object.keys(fields).length > 0) {
      setProblem({ sentence: "", unreachable: false, fields });
      return;
    }
    setAsking(true);
    setProblem(null);
    try {
      await client.desk.signIn({ email: email.trim(), password });
      onDone?.();
    } catch (thrown) {
      const { code, message, fields } = deskError(thrown);
      setProblem({ sentence: message, unreachable: code === "SERVICE_UNAVAILABLE", fields });
    } finally {
      setAsking(false);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void submit();
  };

  const noted = problem !== null && problem.sentence !== "" && Object.keys(problem.fields).length === 0;
  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      <Field
        label="E-mail"
        name="email"
        type="email"
        value={email}
        onChange={setEmail}
        problem={problem?.fields["email"]}
        autoComplete="username"
        takesKeyboard={known === ""}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        value={password}
        onChange={setPassword}
        problem={problem?.fields["password"]}
        autoComplete="current-password"
        takesKeyboard={known !== ""}
      />
      {noted ? (
        <Notice
          tone={problem.unreachable ? "offline" : "bad"}
          title={problem.unreachable ? "The clinic server can’t be reached" : "Not signed in"}
        >
          {problem.sentence}
        </Notice>
      ) : null}
      <Action kind="primary" type="submit" isDisabled={asking}>
        {asking ? "Signing in…" : "Sign in"}
      </Action>
      {server ? <p className={styles.server}>Clinic server {server}</p> : null}
    </form>
  );
}
