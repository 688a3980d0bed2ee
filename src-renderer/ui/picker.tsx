import { ChevronDown } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { Label } from "react-aria-components/Label";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { Select, SelectValue } from "react-aria-components/Select";
import { cx } from "./cx.ts";
import styles from "./picker.module.css";

export type Choice = { id: string; label: string };

/** One of a few. The label stands inside the chip, as in "Location  all", and names it for screen readers; the whole chip opens it. */
export function Picker(props: {
  label: string;
  choices: readonly Choice[];
  value: string;
  onChange: (id: string) => void;
  /** Leaves the label to screen readers where the value speaks for itself. */
  bare?: boolean;
  wide?: boolean;
}) {
  const { label, choices, value, onChange, bare = false, wide = false } = props;
  return (
    <Select
      {...(bare ? { "aria-label": label } : {})}
      value={value}
      onChange={(key) => {
        if (key !== null) onChange(String(key));
      }}
      className={cx(styles.picker, wide && styles.wide)}
    >
      {bare ? null : <Label className={styles.label ?? ""}>{label}</Label>}
      <Button className={styles.button ?? ""}>
        <SelectValue className={styles.value ?? ""} />
        <ChevronDown size={13} aria-hidden />
      </Button>
      <Popover className={styles.popover ?? ""} offset={4}>
        <ListBox className={styles.list ?? ""} items={choices}>
          {(choice) => (
            <ListBoxItem id={choice.id} textValue={choice.label} className={styles.item ?? ""}>
              {choice.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
