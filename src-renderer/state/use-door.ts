import { useMemo } from "react";
import type { Door } from "#shared/contract/desk-contract.ts";
import { useDeskStatus } from "../client/use-desk-status.ts";

/** The door while it is of that kind, the same object for as long as it says the same; null otherwise. */
export function useDoor<Kind extends Door["kind"]>(kind: Kind): Extract<Door, { kind: Kind }> | null {
  const said = useDeskStatus((view) => (view.status?.door.kind === kind ? JSON.stringify(view.status.door) : null));
  return useMemo(() => (said === null ? null : (JSON.parse(said) as Extract<Door, { kind: Kind }>)), [said]);
}
