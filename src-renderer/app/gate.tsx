import { useEffect } from "react";
import { useDesk } from "../client/desk-context.tsx";
import { useDeskStatus } from "../client/use-desk-status.ts";
import { gateState } from "../state/gate-state.ts";
import { hasPainted, paintFor } from "../state/painted-store.ts";
import { useRoute } from "../state/use-route.ts";
import { Action } from "../ui/action.tsx";
import { Notice } from "../ui/notice.tsx";
import { FirstSync } from "./first-sync.tsx";
import { Frame } from "./frame.tsx";
import { Plain } from "./plain.tsx";
import { SignIn } from "./sign-in.tsx";
import { Board } from "../features/board/board.tsx";
import { Gallery } from "../features/gallery/gallery.tsx";

/** Decides what the window shows as a whole: sign-in, first sync, or the screens. */
export function Gate() {
  const desk = useDesk();
  const link = useDeskStatus((view) => view.link.kind);
  const state = useDeskStatus((view) => view.status?.state);
  const usable = useDeskStatus((view) => view.status?.usable ?? false);
  const personId = useDeskStatus((view) => view.status?.person?.id);
  const { screen } = useRoute();

  useEffect(() => {
    if (state === undefined || state === "opening") return;
    paintFor(personId ?? null);
  }, [state, personId]);

  if (screen === "gallery") return <Gallery />;
  switch (gateState({ link, state, usable, signedIn: personId !== undefined, painted: hasPainted() })) {
    case "waiting":
      return (
        <Plain bare>
          <output>{state === "opening" ? "Opening what this desk holds…" : "Reaching the desk…"}</output>
        </Plain>
      );
    case "expired":
      return (
        <Plain bare>
          <Notice tone="warn" title="This window’s link is no longer valid">
            Open the link that the desk printed when it started; each one works once.
          </Notice>
        </Plain>
      );
    case "unreachable":
      return (
        <Plain bare>
          <Notice
            tone="offline"
            title="The desk can’t be reached"
            action={<Action onPress={() => desk.retry()}>Try now</Action>}
          >
            Check that Careboard is still running on this machine. This window connects again by itself.
          </Notice>
        </Plain>
      );
    case "signIn":
      return <SignIn />;
    case "firstSync":
      return <FirstSync />;
    case "open":
      break;
  }
  return screen === "board" ? <Board /> : <Frame />;
}
