import { Search } from "lucide-react";
import type { Clinic } from "#shared/contract/clinics.ts";
import type { Person } from "#shared/contract/session.ts";
import { today } from "../format/days.ts";
import { dayShort } from "../format/moments.ts";
import { chooseClinic, chooseLocation, useChosenPlace } from "../state/place.ts";
import { useDirectory } from "../state/use-clinic.ts";
import { useNow } from "../state/use-now.ts";
import { Picker } from "../ui/picker.tsx";
import { Action } from "../ui/action.tsx";
import { PersonMenu } from "./person-menu.tsx";
import type { SessionCommand } from "./session-commands.ts";
import { ThemeSwitch } from "./theme-switch.tsx";
import styles from "./top-bar.module.css";

const everywhere = "all";

/** What the figures are about: clinic, location, day; and the way to everything else. */
export function TopBar(props: {
  clinic: Clinic | undefined;
  clinics: readonly Clinic[];
  /** Whose calls this person sees. */
  seen: "all" | "locations" | "own";
  person: Person | null;
  session: readonly SessionCommand[];
  onFind: () => void;
}) {
  const { clinic, clinics, onFind } = props;
  const locations = useDirectory(clinic?.id).data?.locations ?? [];
  const { locationId } = useChosenPlace();
  const now = useNow(30_000);
  const held = locations.some((location) => location.id === locationId) ? locationId : null;
  const apple = navigator.platform.startsWith("Mac");
  return (
    <header className={styles.bar}>
      {clinic ? (
        <Picker
          label="Clinic"
          bare
          choices={clinics.map(({ id, name }) => ({ id, label: name }))}
          value={clinic.id}
          onChange={chooseClinic}
        />
      ) : null}
      {clinic && locations.length > 0 ? (
        <Picker
          label="Location"
          choices={[{ id: everywhere, label: "all" }, ...locations.map(({ id, name }) => ({ id, label: name }))]}
          value={held ?? everywhere}
          onChange={(id) => chooseLocation(id === everywhere ? null : id)}
        />
      ) : null}
      {props.seen === "all" ? null : (
        <span className={styles.own}>{props.seen === "own" ? "only your own calls" : "calls of your locations"}</span>
      )}
      {clinic ? (
        <span className={styles.day}>
          <b>Today</b> {dayShort(today(clinic.timeZone, new Date(now)))}
        </span>
      ) : null}
      <span className={styles.grow} />
      <Action onPress={onFind} aria-keyshortcuts="Control+K Meta+K">
        <Search size={14} aria-hidden />
        <span className={styles.find}>Find or do anything</span>
        <kbd className={styles.key} aria-hidden>
          {apple ? "⌘K" : "Ctrl K"}
        </kbd>
      </Action>
      <ThemeSwitch />
      {props.person ? <PersonMenu person={props.person} items={props.session} /> : null}
    </header>
  );
}
