import styles from "./check.module.css";
import { Check } from "./check.tsx";
import type { Choice } from "./picker.tsx";

/** Any of several. `empty` stands where there is nothing to choose from. */
export function Checks(props: {
  label: string;
  choices: readonly Choice[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  empty: string;
  problem?: string | undefined;
}) {
  const { label, choices, value, onChange, empty, problem } = props;
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{label}</legend>
      {choices.length === 0 ? <p className={styles.none}>{empty}</p> : null}
      <div className={styles.boxes}>
        {choices.map(({ id, label: words }) => (
          <Check
            key={id}
            checked={value.includes(id)}
            onChange={(checked) => onChange(checked ? [...value, id] : value.filter((one) => one !== id))}
          >
            {words}
          </Check>
        ))}
      </div>
      {problem ? (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      ) : null}
    </fieldset>
  );
}
