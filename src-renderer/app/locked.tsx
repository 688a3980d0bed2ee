import { useDeskStatus } from "../client/use-desk-status.ts";
import { localZone } from "../format/local-zone.ts";
import { moment } from "../format/moments.ts";
import { lockedWords } from "../state/locked-words.ts";
import { useSignInFlow } from "../state/sign-in-flow.ts";
import { useDoor } from "../state/use-door.ts";
import { Plain } from "./plain.tsx";
import { SecretForm } from "./secret-form.tsx";
import styles from "./sign-in.module.css";
import { SignOutWay } from "./sign-out-way.tsx";
import { Steps } from "./steps.tsx";

/** Covers everything: nothing of the screens is in the page. The same person comes back to the same place. */
export function Locked() {
  const door = useDoor("locked");
  const person = useDeskStatus((view) => view.status?.person);
  const idleMinutes = useDeskStatus((view) => view.status?.idleMinutes ?? null);
  const pending = useSignInFlow((flow) => flow.pending);
  if (door === null) return null;
  const secret = door.means === "password" ? "Password" : "Passphrase";
  return (
    <Plain
      title="Locked"
      text={
        <p>
          Since {moment(door.since, localZone)}: {lockedWords(door.why, idleMinutes)}. What you were at is kept.
        </p>
      }
    >
      {person ? (
        <p className={styles.who}>
          <b>{person.displayName}</b>
          <span>{person.email}</span>
        </p>
      ) : null}
      {pending ? (
        <Steps />
      ) : (
        <SecretForm
          label={secret}
          submit="Unlock"
          busy="Unlocking…"
          refused="Still locked"
          take={({ desk }, password) => desk.unlock({ password })}
        />
      )}
      <SignOutWay>Somebody else? Sign out</SignOutWay>
    </Plain>
  );
}
