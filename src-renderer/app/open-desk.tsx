import { useEffect } from "react";
import { useDeskClient } from "../client/desk-context.tsx";
import { useDeskStatus } from "../client/use-desk-status.ts";
import { Board } from "../features/board/board.tsx";
import { isBoard } from "../state/screens.ts";
import { useClinic } from "../state/use-clinic.ts";
import { useRoute } from "../state/use-route.ts";
import { Frame } from "./frame.tsx";
import { isLockKey } from "./session-commands.ts";
import { usePrintNote } from "./use-print-note.ts";
import { WallActions } from "./wall-actions.tsx";

/** The screens, or the wall: for an account of a wall that is all there is. */
export function OpenDesk() {
  const client = useDeskClient();
  const route = useRoute();
  const clinic = useClinic();
  const wall = useDeskStatus((view) => isBoard(view.status?.person));
  usePrintNote(wall ? "board" : route.screen, route.id, clinic?.id);

  useEffect(() => {
    if (wall) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (!isLockKey(event)) return;
      event.preventDefault();
      // What fails here shows in the status itself.
      client.desk.lock().catch(() => undefined);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [client, wall]);

  if (wall) return <Board wall actions={<WallActions />} />;
  return route.screen === "board" ? <Board /> : <Frame />;
}
