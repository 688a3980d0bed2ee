import { useEffect } from "react";
import type { Screen } from "../state/routes.ts";
import { useDeskClient } from "../client/desk-context.tsx";

/** Each print of a screen leaves a line in the audit log, also without a network: paper leaves the house. */
export function usePrintNote(screen: Screen, part: string | null, clinicId: string | undefined): void {
  const client = useDeskClient();
  useEffect(() => {
    const onPrint = () => {
      const note = {
        action: "print",
        subject: screen,
        subjectId: part,
        clinicId: clinicId ?? null,
        detail: {},
      } as const;
      client.desk.note(note).catch((problem: unknown) => console.error("A print was not written down.", problem));
    };
    window.addEventListener("beforeprint", onPrint);
    return () => window.removeEventListener("beforeprint", onPrint);
  }, [client, screen, part, clinicId]);
}
