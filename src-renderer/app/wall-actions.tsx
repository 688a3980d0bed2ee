import { useState } from "react";
import { useDeskClient } from "../client/desk-context.tsx";
import { useDeskStatus } from "../client/use-desk-status.ts";
import { Action } from "../ui/action.tsx";
import { SignInAgain } from "./sign-in-again.tsx";

/** All that a wall's account can do: sign in again where the session ended, and sign out. */
export function WallActions() {
  const client = useDeskClient();
  const refused = useDeskStatus((view) => view.status?.state === "refused");
  const email = useDeskStatus((view) => view.status?.person?.email ?? "");
  const [signingIn, setSigningIn] = useState(false);
  return (
    <>
      {refused ? (
        <Action kind="plain" onPress={() => setSigningIn(true)}>
          Sign in again
        </Action>
      ) : null}
      <Action kind="plain" onPress={() => void client.desk.signOut().catch(() => undefined)}>
        Sign out
      </Action>
      {signingIn ? <SignInAgain email={email} onClose={() => setSigningIn(false)} /> : null}
    </>
  );
}
