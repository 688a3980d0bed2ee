import type { Clinic } from "#shared/contract/clinics.ts";
import type { DeskConnection } from "../client/connect.ts";
import { chooseClinic, chooseLocation } from "../state/place.ts";
import type { ScreenEntry } from "../state/screens.ts";
import { chooseTheme } from "../state/theme.ts";
import { go } from "../state/use-route.ts";

export type Command = { id: string; title: string; hint: string; run: () => void };

/** What the palette offers: screens, common lists of calls, clinics, looks, and the session. */
export function commands(
  { client }: DeskConnection,
  entries: readonly ScreenEntry[],
  clinics: readonly Clinic[],
): Command[] {
  const quietly = (asked: Promise<unknown>) => void asked.catch(() => undefined);
  const list = (title: string, params: Record<string, string>): Command => ({
    id: `list ${title}`,
    title,
    hint: "list of calls",
    run: () => go({ screen: "calls", params }),
  });
  return [
    ...entries.map(({ screen, title, hint }) => ({ id: screen, title, hint, run: () => go({ screen }) })),
    { id: "board", title: "Wall view", hint: "full screen, dark, no callers", run: () => go({ screen: "board" }) },
    list("Abandoned calls", { status: "abandoned" }),
    list("Missed calls", { status: "missed" }),
    list("Voicemail", { status: "voicemail" }),
    list("Calls without an agent mapping", { agentId: "unassigned", status: "answered" }),
    ...clinics.map(({ id, name }) => ({
      id: `clinic ${id}`,
      title: `Go to ${name}`,
      hint: "clinic",
      run: () => chooseClinic(id),
    })),
    { id: "all locations", title: "All locations", hint: "filter", run: () => chooseLocation(null) },
    { id: "light", title: "Light colours", hint: "look", run: () => chooseTheme("light") },
    { id: "dark", title: "Dark colours", hint: "look", run: () => chooseTheme("dark") },
    { id: "system", title: "Colours as the system", hint: "look", run: () => chooseTheme("system") },
    { id: "reconnect", title: "Connect now", hint: "network", run: () => quietly(client.desk.reconnect()) },
    { id: "sign out", title: "Sign out", hint: "session", run: () => quietly(client.desk.signOut()) },
  ];
}
