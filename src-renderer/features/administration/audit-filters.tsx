import { useState } from "react";
import { auditAction } from "#shared/access/audit-action.ts";
import type { Clinic } from "#shared/contract/clinics.ts";
import { go } from "../../state/use-route.ts";
import { Action } from "../../ui/action.tsx";
import { Field } from "../../ui/field.tsx";
import { Picker } from "../../ui/picker.tsx";
import styles from "./administration.module.css";
import type { AuditFilter } from "./audit-filter.ts";
import { actionWords } from "./audit-words.ts";
import { usePeople } from "./use-people.ts";

const any = "any";

/** What narrows the log; it stands in the address, so that a search can be kept. */
export function AuditFilters({
  clinic,
  filter,
  onAgain,
}: {
  clinic: Clinic;
  filter: AuditFilter;
  onAgain: () => void;
}) {
  const people = usePeople(clinic.id).data ?? [];
  const narrow = (change: { [Name in keyof AuditFilter]?: string | undefined }) => {
    const params = Object.fromEntries(
      Object.entries({ ...filter, ...change }).filter((pair): pair is [string, string] => Boolean(pair[1])),
    );
    go({ screen: "administration", id: "audit", params }, { replace: true });
  };
  return (
    <search className={styles.filters} aria-label="Narrow the audit log">
      <Field
        inline
        label="From"
        name="from"
        type="date"
        value={filter.from ?? ""}
        onChange={(from) => narrow({ from })}
      />
      <Field
        inline
        label="until"
        name="until"
        type="date"
        value={filter.until ?? ""}
        onChange={(until) => narrow({ until })}
      />
      <Picker
        label="Person"
        choices={[{ id: any, label: "anybody" }, ...people.map(({ id, displayName }) => ({ id, label: displayName }))]}
        value={people.some(({ id }) => id === filter.userId) ? (filter.userId ?? any) : any}
        onChange={(id) => narrow({ userId: id === any ? undefined : id })}
      />
      <Picker
        label="Action"
        choices={[{ id: any, label: "any" }, ...auditAction.options.map((id) => ({ id, label: actionWords[id] }))]}
        value={filter.action ?? any}
        onChange={(id) => narrow({ action: id === any ? undefined : id })}
      />
      <SearchedText key={filter.search ?? ""} text={filter.search ?? ""} onSearch={(search) => narrow({ search })} />
      {Object.keys(filter).length > 0 ? (
        <Action kind="plain" onPress={() => go({ screen: "administration", id: "audit" }, { replace: true })}>
          Clear
        </Action>
      ) : null}
      <Action kind="plain" onPress={onAgain}>
        Look again
      </Action>
    </search>
  );
}

/** Searched when it is whole: each search is a line of the log itself. */
function SearchedText({ text, onSearch }: { text: string; onSearch: (text: string) => void }) {
  const [written, write] = useState(text);
  return (
    <form
      className={styles.search}
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(written.trim());
      }}
    >
      <Field
        inline
        label="Text"
        name="search"
        type="search"
        value={written}
        onChange={write}
        placeholder="subject, record, detail"
      />
      <Action type="submit">Search</Action>
    </form>
  );
}
