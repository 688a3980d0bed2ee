import { Plain } from "./plain.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import styles from "./sign-in.module.css";

export function SignIn() {
  return (
    <Plain>
      <div>
        <h1 className={styles.title}>Sign in</h1>
        <p className={styles.text}>
          With the account of your clinic. Afterwards the desk also works without a network.
        </p>
      </div>
      <SignInForm />
    </Plain>
  );
}
