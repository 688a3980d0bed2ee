import { useEffect } from "react";
import { useDesk } from "../client/desk-context.tsx";
import { useDeskStatus } from "../client/use-desk-status.ts";
import { Board } from "../features/board/board.tsx";
import { Gallery } from "../features/gallery/gallery.tsx";
import { gateState } from "../state/gate-state.ts";
import { idleOver } from "../state/idle.ts";
import { paintFor } from "../state/painted-store.ts";
import { usePresence, useReportedAt } from "../state/presence.ts";
import { isBoard } from "../state/screens.ts";
import { useSignInFlow } from "../state/sign-in-flow.ts";
import { useNow } from "../state/use-now.ts";
import { useRoute } from "../state/use-route.ts";
import { windowOf } from "../state/window-of.ts";
import { DeskNotices } from "./desk-notices.tsx";
import { FirstSync } from "./first-sync.tsx";
import { Frame } from "./frame.tsx";
import { IdleWarning } from "./idle-warning.tsx";
import { KeyLost } from "./key-lost.tsx";
import { LeaseOver } from "./lease-over.tsx";
import { Locked } from "./locked.tsx";
import { Expired, Unreachable, Waiting } from "./plain-pages.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { SetPassphrase } from "./set-passphrase.tsx";
import { SignIn } from "./sign-in.tsx";
import { WallActions } from "./wall-actions.tsx";

/** Decides what the window shows as a whole: the pages around a door that isn't open, first sync, or the screens. */
export function Gate() {
  const { client } = useDesk();
  const link = useDeskStatus((view) => view.link.kind);
  const status = useDeskStatus((view) => view.status);
  const codes = useSignInFlow((flow) => flow.recoveryCodes);
  const reportedAt = useReportedAt();
  const now = useNow(5_000);
  const { screen } = useRoute();
  const door = status?.door;
  const person = status?.person;
  const idleMinutes = status?.idleMinutes ?? null;
  const open = door?.kind === "open";

  useEffect(() => {
    if (door === undefined) return;
    paintFor(open ? (person?.id ?? null) : null);
    // A lock keeps what somebody was writing; whoever comes next does not get it.
    if (open || door.kind === "closed" || (door.kind === "leaseOver" && door.erased)) windowOf(person?.id ?? null);
  }, [door, open, person?.id]);
  usePresence(client, open && idleMinutes !== null);

  if (screen === "gallery") return <Gallery />;
  const at = gateState({
    link,
    status: status ? { ...status, door: status.door.kind, signedIn: status.person !== null } : undefined,
    codesToShow: codes !== null,
    idleOver: idleMinutes !== null && idleOver(now, reportedAt, idleMinutes),
  });
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
      return door?.kind === "keyLost" ? <KeyLost door={door} /> : null;
    case "locked":
      return door?.kind === "locked" ? <Locked door={door} /> : null;
    case "leaseOver":
      return door?.kind === "leaseOver" ? <LeaseOver door={door} /> : null;
    case "recoveryCodes":
      return <RecoveryCodes codes={codes ?? []} />;
    case "firstSync":
    case "open":
      break;
  }
  const wall = isBoard(person);
  return (
    <>
      {at === "firstSync" ? (
        <FirstSync />
      ) : wall || screen === "board" ? (
        <Board wall={wall} actions={wall ? <WallActions /> : null} />
      ) : (
        <Frame />
      )}
      <DeskNotices />
      {idleMinutes === null ? null : <IdleWarning idleMinutes={idleMinutes} />}
    </>
  );
}
