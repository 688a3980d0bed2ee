import type { Clinic } from "#shared/contract/clinics.ts";
import type { Person } from "#shared/contract/session.ts";
import type { DeskConnection } from "../client/connect.ts";
import { chooseClinic, chooseLocation } from "../state/place.ts";
import { administrationTabs, maySeeCalls, screensFor } from "../state/screens.ts";
import { chooseTheme } from "../state/theme.ts";
import { go } from "../state/use-route.ts";
import type { SessionCommand } from "./session-commands.ts";

export type Command = { id: string; title: string; hint: string; run: () => void };

type Around = {
  person: Person | null | undefined;
  clinic: Clinic | undefined;
  clinics: readonly Clinic[];
  session: readonly SessionCommand[];
};

/** What the palette offers: screens, common lists of calls, clinics, looks, and the session. */
export function commands({ client }: DeskConnection, { person, clinic, clinics, session }: Around): Command[] {
  const quietly = (asked: Promise<unknown>) => void asked.catch(() => undefined);
  const list = (title: string, params: Record<string, string>): Command => ({
    id: `list ${title}`,
    title,
    hint: "list of calls",
    run: () => go({ screen: "calls", params }),
  });
  const lists =
    clinic && maySeeCalls(person, clinic.id)
      ? [
          {
            id: "board",
            title: "Wall view",
            hint: "full screen, dark, no callers",
            run: () => go({ screen: "board" }),
          },
          list("Abandoned calls", { status: "abandoned" }),
          list("Missed calls", { status: "missed" }),
          list("Voicemail", { status: "voicemail" }),
          list("Calls without an agent mapping", { agentId: "unassigned", status: "answered" }),
        ]
      : [];
  return [
    ...screensFor(person, clinic?.id).map(({ screen, title, hint }) => ({
      id: screen,
      title,
      hint,
      run: () => go({ screen }),
    })),
    ...administrationTabs(person, clinic?.id).map(({ id, title }) => ({
      id: `administration ${id}`,
      title,
      hint: "administration",
      run: () => go({ screen: "administration", id }),
    })),
    ...lists,
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
    ...session.map(({ id, title, run }) => ({ id, title, hint: "session", run })),
  ];
}
