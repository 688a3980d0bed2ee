import { useState } from "react";
import { useDeskClient } from "../client/desk-context.tsx";
import { useDeskStatus } from "../client/use-desk-status.ts";
import { localZone } from "../format/local-zone.ts";
import { leaseWords } from "../state/lease-words.ts";
import { useDoor } from "../state/use-door.ts";
import { useNow } from "../state/use-now.ts";
import { Action } from "../ui/action.tsx";
import { Notice } from "../ui/notice.tsx";
import { Plain } from "./plain.tsx";
import styles from "./sign-in.module.css";
import { SignOutWay } from "./sign-out-way.tsx";
import { Steps } from "./steps.tsx";

/** Too long without contact: what it waits for, until when, and what became of the data. */
export function LeaseOver() {
  const door = useDoor("leaseOver");
  const client = useDeskClient();
  const waiting = useDeskStatus((view) => view.status?.waiting ?? 0);
  const person = useDeskStatus((view) => view.status?.person);
  const [tried, setTried] = useState<"no" | "asking" | "again">("no");
  const now = useNow(30_000);
  // A session that the server no longer knows opens nothing either: then only signing in is left.
  const refused = useDeskStatus((view) => view.status?.state === "refused");
  if (door === null) return null;
  const words = leaseWords(door, { now, waiting, timeZone: localZone });
  const retry = () => {
    setTried("asking");
    void client.desk
      .reconnect()
      .catch(() => undefined)
      .finally(() => setTried("again"));
  };
  return (
    <Plain
      title={words.title}
      text={words.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    >
      {tried === "again" ? (
        <Notice tone="offline" title="Still no contact">
          Check the network of this computer. Careboard also goes on trying by itself.
        </Notice>
      ) : null}
      <div className={styles.buttons}>
        <Action kind={door.erased || refused ? "outline" : "primary"} onPress={retry} isDisabled={tried === "asking"}>
          {tried === "asking" ? "Trying…" : "Try now"}
        </Action>
      </div>
      {door.erased || refused ? <Steps {...(person ? { email: person.email } : {})} /> : null}
      <SignOutWay>Somebody else? Sign out</SignOutWay>
    </Plain>
  );
}
