import { useEffect, useState } from "react";
import type { Clinic, Directory } from "#shared/contract/clinics.ts";
import { useLive } from "../../client/use-live.ts";
import { addDays, today } from "../../format/days.ts";
import type { CallsFilters } from "../../state/calls-filters.ts";
import { Action } from "../../ui/action.tsx";
import { Field } from "../../ui/field.tsx";
import { Picker } from "../../ui/picker.tsx";
import { directions, people, periods, statuses, waits } from "./filter-choices.ts";
import styles from "./filters.module.css";
import { periodDays, periodOf } from "./period.ts";

type Props = {
  clinic: Clinic;
  filters: CallsFilters;
  directory: Directory | undefined;
  onChange: (filters: CallsFilters) => void;
};

const any = "any";

/** What narrows the list; everything stands in the address, so that a list can be kept and sent. */
export function Filters({ clinic, filters, directory, onChange }: Props) {
  const day = today(clinic.timeZone);
  const [own, setOwn] = useState(false);
  const period = own ? "own" : periodOf(filters, day);
  const set = (change: CallsFilters, ...drop: (keyof CallsFilters)[]) => {
    const next = { ...filters, ...change };
    for (const name of drop) delete next[name];
    onChange(next);
  };
  const choose = (name: "direction" | "status" | "queueId" | "agentId" | "callType") => (id: string) =>
    id === any ? set({}, name) : set({ [name]: id });
  const types = useCallTypes(clinic.id, day);
  const active = Object.keys(filters).length > 0;
  return (
    <search className={styles.filters} aria-label="Filters">
      <Picker
        label="Days"
        choices={periods}
        value={period}
        onChange={(id) => {
          setOwn(id === "own");
          if (id === "own") set({ startDate: filters.startDate ?? addDays(day, -6), endDate: filters.endDate ?? day });
          else set(periodDays(id, day), ...(id === any ? (["startDate", "endDate"] as const) : []));
        }}
      />
      {period === "own" ? (
        <>
          <Field
            inline
            label="from"
            name="startDate"
            type="date"
            value={filters.startDate ?? ""}
            max={day}
            onChange={(startDate) => (startDate ? set({ startDate }) : set({}, "startDate"))}
          />
          <Field
            inline
            label="to"
            name="endDate"
            type="date"
            value={filters.endDate ?? ""}
            max={day}
            onChange={(endDate) => (endDate ? set({ endDate }) : set({}, "endDate"))}
          />
        </>
      ) : null}
      <Picker label="Direction" choices={directions} value={filters.direction ?? any} onChange={choose("direction")} />
      <Picker label="Status" choices={statuses} value={filters.status ?? any} onChange={choose("status")} />
      <Picker
        label="Queue"
        choices={people(directory?.queues)}
        value={filters.queueId ?? any}
        onChange={choose("queueId")}
      />
      <Picker
        label="Agent"
        choices={people(directory?.agents)}
        value={filters.agentId ?? any}
        onChange={choose("agentId")}
      />
      {types.length > 0 ? (
        <Picker
          label="Type"
          choices={[{ id: any, label: "any" }, ...types]}
          value={filters.callType ?? any}
          onChange={choose("callType")}
        />
      ) : null}
      <Picker
        label="Waited"
        choices={waits(filters.minWaitSeconds)}
        value={filters.minWaitSeconds === undefined ? any : String(filters.minWaitSeconds)}
        onChange={(id) => (id === any ? set({}, "minWaitSeconds") : set({ minWaitSeconds: Number(id) }))}
      />
      <SearchBox text={filters.search ?? ""} onChange={(search) => (search ? set({ search }) : set({}, "search"))} />
      {active ? (
        <Action
          kind="plain"
          onPress={() => {
            setOwn(false);
            onChange({});
          }}
        >
          Clear
        </Action>
      ) : null}
    </search>
  );
}

/** Types that occurred lately; none where the phone system names none. */
function useCallTypes(clinicId: string, day: string) {
  const { data } = useLive(
    ["call types", clinicId, day],
    (client, signal) =>
      client.reports.callAnalytics(
        { clinicId, startDate: addDays(day, -90), endDate: day, groupBy: "callType" },
        { signal },
      ),
    [],
  );
  return (data?.groups ?? []).filter(({ key }) => key !== "unassigned").map(({ key, label }) => ({ id: key, label }));
}

/** Asks a moment after the last key, not at each. */
function SearchBox({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const [seen, setSeen] = useState(text);
  if (seen !== text) {
    setSeen(text);
    if (typed.trim() !== text) setTyped(text);
  }
  useEffect(() => {
    if (typed.trim() === text) return undefined;
    const timer = setTimeout(() => onChange(typed.trim()), 250);
    return () => clearTimeout(timer);
  });
  return (
    <Field
      inline
      label="Search"
      name="search"
      type="search"
      value={typed}
      onChange={setTyped}
      placeholder="number or name"
    />
  );
}
