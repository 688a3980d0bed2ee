import { useState } from "react";
import { Action } from "../../ui/action.tsx";
import { Field } from "../../ui/field.tsx";
import { type Choice, Picker } from "../../ui/picker.tsx";
import styles from "./phone-systems.module.css";
import type { Source } from "./use-sources.ts";

/** A number that has not been seen yet, mapped before its first call. */
export function AddMapping(props: {
  number: string;
  target: string;
  sources: readonly Source[];
  choices: readonly Choice[];
  onAdd: (sourceId: string, number: string, targetId: string) => Promise<void>;
}) {
  const { sources, choices, onAdd } = props;
  const [number, setNumber] = useState("");
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [chosenSource, setSource] = useState<string | null>(null);
  const [chosenTarget, setTarget] = useState<string | null>(null);
  const sourceId = chosenSource ?? sources[0]?.id;
  const targetId = chosenTarget ?? choices[0]?.id;
  if (sourceId === undefined || targetId === undefined) return null;
  const add = async () => {
    if (!/^[\w*#+.-]{1,40}$/.test(number.trim())) {
      setProblem(`Write the ${props.number.toLowerCase()} as the phone system does, like 104.`);
      return;
    }
    setProblem(undefined);
    await onAdd(sourceId, number.trim(), targetId);
    setNumber("");
  };
  return (
    <form
      className={styles.buttons}
      style={{ marginTop: 12 }}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Field
        inline
        label={`Another ${props.number.toLowerCase()}`}
        name="number"
        value={number}
        onChange={setNumber}
        problem={problem}
      />
      {sources.length > 1 ? (
        <Picker
          label="Source"
          choices={sources.map(({ id, name }) => ({ id, label: name }))}
          value={sourceId}
          onChange={setSource}
        />
      ) : null}
      <Picker label={props.target} choices={choices} value={targetId} onChange={setTarget} />
      <Action type="submit">Add</Action>
    </form>
  );
}
