import { Circle, CircleAlert, CloudOff, LoaderCircle } from "lucide-react";
import { useState } from "react";
import type { Clinic } from "#shared/contract/clinics.ts";
import { useDesk } from "../client/desk-context.tsx";
import { useDeskStatus } from "../client/use-desk-status.ts";
import { localZone } from "../format/local-zone.ts";
import { zoneName } from "../format/moments.ts";
import { statusWords } from "../state/status-words.ts";
import { Action } from "../ui/action.tsx";
import { cx } from "../ui/cx.ts";
import { SignInAgain } from "./sign-in-again.tsx";
import styles from "./status-bar.module.css";

const icons = { live: Circle, busy: LoaderCircle, away: CloudOff, bad: CircleAlert };

/** Always says how fresh the data is, where we are, and who is signed in. */
export function StatusBar({ clinic }: { clinic: Clinic | undefined }) {
  const desk = useDesk();
  const status = useDeskStatus((view) => view.status);
  const link = useDeskStatus((view) => view.link.kind);
  const [signingIn, setSigningIn] = useState(false);
  const words = statusWords(status, link, clinic?.timeZone ?? localZone);
  const Icon = icons[words.kind];
  const person = status?.person;
  // What fails here shows in the status itself.
  const reconnect = () => void desk.client.desk.reconnect().catch(() => undefined);
  return (
    <footer className={styles.bar}>
      <output className={styles.group}>
        <b className={cx(styles.state, styles[words.kind])}>
          <Icon size={11} aria-hidden fill={words.kind === "live" ? "currentColor" : "none"} />
          {words.state}
        </b>
        <span className={styles.detail}>{words.detail}</span>
      </output>
      {words.action === "reconnect" ? (
        <Action kind="plain" onPress={reconnect}>
          Try now
        </Action>
      ) : null}
      {words.action === "retryLink" ? (
        <Action kind="plain" onPress={() => desk.retry()}>
          Try now
        </Action>
      ) : null}
      {words.action === "signIn" ? (
        <Action kind="plain" onPress={() => setSigningIn(true)}>
          Sign in again
        </Action>
      ) : null}
      <span className={styles.grow} />
      {clinic ? (
        <span className={styles.quiet}>
          {clinic.name} · {zoneName(clinic.timeZone)}
        </span>
      ) : null}
      {signingIn ? <SignInAgain email={person?.email ?? ""} onClose={() => setSigningIn(false)} /> : null}
    </footer>
  );
}
