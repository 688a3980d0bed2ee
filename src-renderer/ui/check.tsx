import { Check as Mark } from "lucide-react";
import { Checkbox } from "react-aria-components/Checkbox";
import type { ReactNode } from "react";
import styles from "./check.module.css";

/** Yes or no, with its words beside the box. */
export function Check(props: { checked: boolean; onChange: (checked: boolean) => void; children: ReactNode }) {
  return (
    <Checkbox className={styles.check ?? ""} isSelected={props.checked} onChange={props.onChange}>
      <span className={styles.box} aria-hidden>
        <Mark size={12} strokeWidth={3} />
      </span>
      <span>{props.children}</span>
    </Checkbox>
  );
}
