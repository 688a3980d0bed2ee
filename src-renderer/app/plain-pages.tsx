import { useDesk } from "../client/desk-context.tsx";
import { useDeskStatus } from "../client/use-desk-status.ts";
import { Action } from "../ui/action.tsx";
import { Notice } from "../ui/notice.tsx";
import { Plain } from "./plain.tsx";

/** Nothing to show, and nobody to ask yet. */
export function Waiting() {
  const state = useDeskStatus((view) => view.status?.state);
  return (
    <Plain>
      <output>{state === "opening" ? "Opening what this desk holds…" : "Reaching the desk…"}</output>
    </Plain>
  );
}

export function Expired() {
  return (
    <Plain>
      <Notice tone="warn" title="This window’s link is no longer valid">
        Open the link that the desk printed when it started; each one works once.
      </Notice>
    </Plain>
  );
}

export function Unreachable() {
  const desk = useDesk();
  return (
    <Plain>
      <Notice
        tone="offline"
        title="The desk can’t be reached"
        action={<Action onPress={() => desk.retry()}>Try now</Action>}
      >
        Check that Careboard is still running on this machine. This window connects again by itself.
      </Notice>
    </Plain>
  );
}
