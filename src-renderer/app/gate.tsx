import { useEffect } from "react";
import { useDesk } from "../client/desk-context.tsx";
import { useDeskStatus } from "../client/use-desk-status.ts";
import { Gallery } from "../features/gallery/gallery.tsx";
import { gateState } from "../state/gate-state.ts";
import { paintFor } from "../state/painted-store.ts";
import { useCovered, usePresence } from "../state/presence.ts";
import { useSignInFlow } from "../state/sign-in-flow.ts";
import { useRoute } from "../state/use-route.ts";
import { windowOf } from "../state/window-of.ts";
import { DeskNotices } from "./desk-notices.tsx";
import { FirstSync } from "./first-sync.tsx";
import { IdleWarning } from "./idle-warning.tsx";
import { KeyLost } from "./key-lost.tsx";
import { LeaseOver } from "./lease-over.tsx";
import { Locked } from "./locked.tsx";
import { OpenDesk } from "./open-desk.tsx";
import { Expired, Unreachable, Waiting } from "./plain-pages.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { SetPassphrase } from "./set-passphrase.tsx";
import { SignIn } from "./sign-in.tsx";

/**
 * Decides what the window shows as a whole: the pages around a door that isn't open, first sync, or the screens. It takes single values
 * of the status, so that rows that arrive do not draw everything anew.
 */
export function Gate() {
  const { client, view: deskView } = useDesk();
  const link = useDeskStatus((view) => view.link.kind);
  const state = useDeskStatus((view) => view.status?.state);
  const door = useDeskStatus((view) => view.status?.door.kind);
  const erased = useDeskStatus(({ status }) => status?.door.kind === "leaseOver" && status.door.erased);
  const usable = useDeskStatus((view) => view.status?.usable ?? false);
  const personId = useDeskStatus((view) => view.status?.person?.id ?? null);
  const idleMinutes = useDeskStatus((view) => view.status?.idleMinutes ?? null);
  const codes = useSignInFlow((flow) => flow.recoveryCodes);
  const { screen } = useRoute();
  const open = door === "open";
  usePresence(client, open && idleMinutes !== null);
  const covered = useCovered(deskView, idleMinutes, link === "open");

  useEffect(() => {
    if (door === undefined) return;
    paintFor(open ? personId : null);
    // A lock keeps what somebody was writing; whoever comes next does not get it.
    if (open || door === "closed" || erased) windowOf(erased ? null : personId);
  }, [door, open, erased, personId]);

  if (screen === "gallery") return <Gallery />;
  const status =
    state === undefined || door === undefined ? undefined : { state, door, usable, signedIn: personId !== null };
  const at = gateState({ link, status, codesToShow: codes !== null, covered });
  switch (at) {
    case "waiting":
      return <Waiting />;
    case "expired":
      return <Expired />;
    case "unreachable":
      return <Unreachable />;
    case "signIn":
      return (
        <>
          <SignIn />
          <DeskNotices />
        </>
      );
    case "needsPassphrase":
      return <SetPassphrase />;
    case "keyLost":
      return <KeyLost />;
    case "locked":
      return <Locked />;
    case "leaseOver":
      return <LeaseOver />;
    case "recoveryCodes":
      return <RecoveryCodes codes={codes ?? []} />;
    case "firstSync":
    case "open":
      break;
  }
  return (
    <>
      {at === "firstSync" ? <FirstSync /> : <OpenDesk />}
      <DeskNotices />
      {idleMinutes === null ? null : <IdleWarning idleMinutes={idleMinutes} />}
    </>
  );
}
