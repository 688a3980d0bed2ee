import { KeyRound, ShieldCheck } from "lucide-react";
import type { ManagedPerson } from "#shared/contract/administration.ts";
import type { Clinic } from "#shared/contract/clinics.ts";
import { age } from "../../format/duration.ts";
import { moment } from "../../format/moments.ts";
import { roleWords } from "../../state/role-words.ts";
import { useNow } from "../../state/use-now.ts";
import { Action } from "../../ui/action.tsx";
import { cx } from "../../ui/cx.ts";
import { Hidden } from "../../ui/hidden.tsx";
import table from "../../ui/table.module.css";
import styles from "./administration.module.css";
import { namesOf, type Places } from "./places.ts";
import { roleIn, roleState } from "./role-state.ts";

type Props = Places & { rows: readonly ManagedPerson[]; clinic: Clinic; onOpen: (person: ManagedPerson) => void };
const columns = ["Role", "Locations", "Valid", "Second factor", "Last sign-in"];

export function PeopleTable({ rows, clinic, agents, locations, onOpen }: Props) {
  const now = useNow(30_000);
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            {columns.map((title) => (
              <th key={title} scope="col" className={table.left}>
                {title}
              </th>
            ))}
            <th scope="col">
              <Hidden>Change</Hidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((person) => {
            const held = roleIn(person, clinic.id);
            const state = held ? roleState(held, now, clinic.timeZone) : null;
            const off = !person.active || state?.kind === "over";
            return (
              <tr key={person.id} className={cx(off && styles.off)}>
                <th scope="row">
                  <span className={cx(styles.two, styles.who)}>
                    {person.displayName}
                    <small>{person.email}</small>
                  </span>
                </th>
                <td className={table.left}>
                  <span className={styles.two}>
                    {held ? roleWords(held.role) : "none"}
                    {held?.agentId ? <small>agent {namesOf([held.agentId], agents)[0]}</small> : null}
                  </span>
                </td>
                <td className={cx(table.left, styles.wrap)}>
                  {held && held.locationIds.length > 0 ? namesOf(held.locationIds, locations).join(", ") : "–"}
                </td>
                <td className={cx(table.left, styles.wrap)}>
                  {person.active ? (
                    <span className={cx(state?.kind === "later" && styles.warn)}>{state?.text}</span>
                  ) : (
                    <b className={styles.bad}>account disabled</b>
                  )}
                </td>
                <td className={table.left}>{secondFactor(person)}</td>
                <td className={table.left}>
                  {person.lastSignInAt === null ? (
                    "never"
                  ) : (
                    <span title={moment(person.lastSignInAt, clinic.timeZone)}>
                      {age((now - Date.parse(person.lastSignInAt)) / 1000)} ago
                    </span>
                  )}
                </td>
                <td>
                  <Action kind="plain" aria-label={`Change ${person.displayName}`} onPress={() => onOpen(person)}>
                    Change
                  </Action>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function secondFactor({ kind, secondFactor }: ManagedPerson) {
  if (kind === "board") return "–";
  const Icon = secondFactor ? ShieldCheck : KeyRound;
  return (
    <span className={cx(styles.mark, secondFactor && styles.good)}>
      <Icon size={13} aria-hidden />
      {secondFactor ? "set up" : "password only"}
    </span>
  );
}
