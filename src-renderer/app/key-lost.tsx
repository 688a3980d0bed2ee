import { useState } from "react";
import { useDeskStatus } from "../client/use-desk-status.ts";
import { count } from "../format/numbers.ts";
import { useDoor } from "../state/use-door.ts";
import { Action } from "../ui/action.tsx";
import { Notice } from "../ui/notice.tsx";
import { Plain } from "./plain.tsx";
import { SecretForm } from "./secret-form.tsx";
import styles from "./sign-in.module.css";
import { SignOutWay } from "./sign-out-way.tsx";
import { StepProblem } from "./step-problem.tsx";
import { useStep } from "./use-step.ts";

/** The data's key opens with another password, or with none any more. */
export function KeyLost() {
  const door = useDoor("keyLost");
  if (door === null) return null;
  const other = door.why === "otherPassword";
  return (
    <Plain
      title={
        other ? "What this computer holds opens with your old password" : "What this computer holds can’t be opened"
      }
      text={
        other
          ? "Your password was changed elsewhere. Write the one from before once: from then on the new one opens it."
          : "Its key is gone from this computer’s store of secrets. The clinic server still has everything that was carried to it."
      }
    >
      {other ? (
        <SecretForm
          label="Old password"
          submit="Open with it"
          busy="Opening…"
          refused="Not opened"
          take={({ desk }, password) => desk.unlock({ password })}
        />
      ) : (
        <StepProblem title="Not erased" />
      )}
      <EraseAndSync />
      <SignOutWay>Somebody else? Sign out</SignOutWay>
    </Plain>
  );
}

/** Asks twice, because what was written here alone goes with it. */
function EraseAndSync() {
  const waiting = useDeskStatus((view) => view.status?.waiting ?? 0);
  const [asked, setAsked] = useState(false);
  const { busy, take } = useStep();
  if (!asked) {
    return (
      <div className={styles.buttons}>
        <Action onPress={() => setAsked(true)}>Erase and sync again</Action>
      </div>
    );
  }
  const here =
    waiting > 0
      ? `${count(waiting)} ${waiting === 1 ? "line that was" : "lines that were"} written here and never carried to the server ${waiting === 1 ? "is" : "are"} lost with it.`
      : "Only what was written here without a network and never carried is lost with it.";
  return (
    <Notice
      tone="warn"
      title="Erase what this computer holds for you?"
      action={
        <div className={styles.buttons}>
          <Action kind="danger" isDisabled={busy} onPress={() => void take(({ desk }) => desk.eraseAndSync())}>
            {busy ? "Erasing…" : "Erase and sync again"}
          </Action>
          <Action onPress={() => setAsked(false)}>Keep it</Action>
        </div>
      }
    >
      It is fetched anew from the clinic server, which needs a network and some minutes. Nothing is deleted on the
      server. {here}
    </Notice>
  );
}
