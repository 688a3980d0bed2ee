import type { ReactNode } from "react";
import { useDeskClient } from "../client/desk-context.tsx";
import { beginAgain } from "../state/sign-in-flow.ts";
import { Action } from "../ui/action.tsx";
import styles from "./sign-in.module.css";

/** The way out of a page that only one person can pass. */
export function SignOutWay({ children }: { children: ReactNode }) {
  const client = useDeskClient();
  const signOut = () => {
    beginAgain();
    // What fails here shows in the status itself.
    client.desk.signOut().catch(() => undefined);
  };
  return (
    <div className={styles.ways}>
      <Action kind="plain" onPress={signOut}>
        {children}
      </Action>
    </div>
  );
}
