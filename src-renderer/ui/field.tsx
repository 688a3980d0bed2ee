import { FieldError } from "react-aria-components/FieldError";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { TextField } from "react-aria-components/TextField";
import styles from "./field.module.css";

/** A labelled text field; `problem` says beside it what to do. */
export function Field(props: {
  label: string;
  name: string;
  value: string;
  onChange: (value: string) => void;
  type?: "text" | "email" | "password" | "number" | "date" | "search";
  problem?: string | undefined;
  hint?: string;
  autoComplete?: string;
  takesKeyboard?: boolean;
  inline?: boolean;
  placeholder?: string;
  min?: string;
  max?: string;
  inputMode?: "numeric" | "text";
  maxLength?: number;
}) {
  return (
    <TextField
      className={(props.inline ? styles.inline : styles.field) ?? ""}
      name={props.name}
      value={props.value}
      onChange={props.onChange}
      type={props.type ?? "text"}
      isInvalid={props.problem !== undefined}
      autoComplete={props.autoComplete ?? "off"}
      // Only pages that have nothing else to do ask for it, as sign-in: their first empty field takes the keyboard.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus={props.takesKeyboard ?? false}
      validationBehavior="aria"
      {...(props.inputMode ? { inputMode: props.inputMode } : {})}
      {...(props.maxLength ? { maxLength: props.maxLength } : {})}
    >
      <Label className={styles.label ?? ""}>{props.label}</Label>
      <Input className={styles.input ?? ""} placeholder={props.placeholder ?? ""} min={props.min} max={props.max} />
      {props.hint ? (
        <Text slot="description" className={styles.hint ?? ""}>
          {props.hint}
        </Text>
      ) : null}
      <FieldError className={styles.problem ?? ""}>{props.problem}</FieldError>
    </TextField>
  );
}
