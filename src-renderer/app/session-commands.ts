import type { DeskClient } from "../client/desk-client.ts";

export type SessionCommand = { id: string; title: string; keys?: string; run: () => void };

const apple = navigator.platform.startsWith("Mac");

/** Ctrl or Command, Shift and L. */
export const isLockKey = (event: KeyboardEvent): boolean =>
  event.key.toLowerCase() === "l" && event.shiftKey && (event.metaKey || event.ctrlKey);

/** What a person does with their session, in the menu of their name and in the palette. */
export function sessionCommands(
  client: DeskClient,
  { changePassword }: { changePassword: () => void },
): SessionCommand[] {
  // What fails here shows in the status itself.
  const quietly = (asked: Promise<unknown>) => void asked.catch(() => undefined);
  return [
    { id: "lock", title: "Lock", keys: apple ? "⇧⌘L" : "Ctrl Shift L", run: () => quietly(client.desk.lock()) },
    { id: "change password", title: "Change password…", run: changePassword },
    { id: "sign out", title: "Sign out", run: () => quietly(client.desk.signOut()) },
  ];
}
