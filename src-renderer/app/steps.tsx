import { passwordRules } from "../state/password-rules.ts";
import { beginAgain, type PendingStep, useSignInFlow } from "../state/sign-in-flow.ts";
import { Action } from "../ui/action.tsx";
import { CodeForm } from "./code-form.tsx";
import { Enrol } from "./enrol.tsx";
import { NewSecretForm } from "./new-secret-form.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import styles from "./sign-in.module.css";

export const stepTitles: Record<PendingStep["step"], { title: string; text: string }> = {
  secondFactor: { title: "Second factor", text: "Your clinic asks for a code beside the password." },
  enrolSecondFactor: {
    title: "Set up a second factor",
    text: "Your clinic asks for a code of your phone beside the password. You set it up once.",
  },
  newPassword: {
    title: "Choose a new password",
    text: "The one you signed in with was only good to get here.",
  },
};

/** Whatever stands between a person and the open door: e-mail and password first, then what the answer asks for. */
export function Steps({ email, onDone }: { email?: string; onDone?: () => void }) {
  const pending = useSignInFlow((flow) => flow.pending);
  switch (pending?.step) {
    case undefined:
      return <SignInForm {...(email === undefined ? {} : { email })} onDone={onDone} />;
    case "secondFactor":
      return <CodeForm onDone={onDone} />;
    case "enrolSecondFactor":
      return <Enrol secret={pending.secret} uri={pending.uri} onDone={onDone} />;
    case "newPassword":
      break;
  }
  return (
    <NewSecretForm
      name="password"
      what="New password"
      rules={passwordRules}
      submit="Set the password and go on"
      take={({ desk }, password) => desk.newPassword({ password })}
      onDone={onDone}
    >
      <div className={styles.ways}>
        <Action kind="plain" onPress={beginAgain}>
          Begin again
        </Action>
      </div>
    </NewSecretForm>
  );
}
