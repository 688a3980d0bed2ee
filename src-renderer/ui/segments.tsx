import { ToggleButton } from "react-aria-components/ToggleButton";
import { ToggleButtonGroup } from "react-aria-components/ToggleButtonGroup";
import type { Choice } from "./picker.tsx";
import styles from "./segments.module.css";

/** One of two to four, all in sight. */
export function Segments<Id extends string>(props: {
  label: string;
  choices: readonly (Choice & { id: Id })[];
  value: Id;
  onChange: (id: Id) => void;
}) {
  return (
    <ToggleButtonGroup
      aria-label={props.label}
      className={styles.group ?? ""}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[props.value]}
      onSelectionChange={(keys) => {
        const chosen = props.choices.find((choice) => keys.has(choice.id));
        if (chosen) props.onChange(chosen.id);
      }}
    >
      {props.choices.map((choice) => (
        <ToggleButton key={choice.id} id={choice.id} className={styles.segment ?? ""}>
          {choice.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
