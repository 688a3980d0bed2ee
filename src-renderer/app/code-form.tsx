import { useState } from "react";
import { beginAgain, useSignInFlow } from "../state/sign-in-flow.ts";
import { Action } from "../ui/action.tsx";
import { Field } from "../ui/field.tsx";
import styles from "./sign-in.module.css";
import { StepProblem, useHeldBack } from "./step-problem.tsx";
import { useStep } from "./use-step.ts";

/** The six digits of the authenticator, or one of the recovery codes. `enrolling`: there are no recovery codes yet. */
export function CodeForm({ enrolling = false, onDone }: { enrolling?: boolean; onDone?: (() => void) | undefined }) {
  const [recovery, setRecovery] = useState(false);
  const [code, setCode] = useState("");
  const [missing, setMissing] = useState<string | undefined>(undefined);
  const refused = useSignInFlow((flow) => flow.problem?.fields["code"]);
  const { busy, take } = useStep();
  const heldBack = useHeldBack();

  const submit = async () => {
    const plain = code.replaceAll(/\s/g, "");
    const good = recovery ? plain.length >= 6 : /^\d{6}$/.test(plain);
    setMissing(good ? undefined : recovery ? "Write one of your recovery codes." : "Write the six digits.");
    if (!good) return;
    const open = await take(({ desk }) => desk.secondFactor({ code: plain }));
    setCode("");
    if (open) onDone?.();
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
        key={recovery ? "recovery" : "code"}
        label={recovery ? "Recovery code" : "Six digits of your authenticator"}
        name="code"
        value={code}
        onChange={setCode}
        problem={missing ?? refused}
        autoComplete={recovery ? "off" : "one-time-code"}
        inputMode={recovery ? "text" : "numeric"}
        maxLength={recovery ? 40 : 7}
        takesKeyboard
      />
      <StepProblem title="That code was not taken" />
      <Action kind="primary" type="submit" isDisabled={busy || heldBack > 0}>
        {busy ? "Checking…" : "Go on"}
      </Action>
      <div className={styles.ways}>
        {enrolling ? null : (
          <Action
            kind="plain"
            onPress={() => {
              setRecovery(!recovery);
              setCode("");
              setMissing(undefined);
            }}
          >
            {recovery ? "Use the authenticator" : "Use a recovery code"}
          </Action>
        )}
        <Action kind="plain" onPress={beginAgain}>
          Begin again
        </Action>
      </div>
    </form>
  );
}
