import { Field } from "../ui/field.tsx";

export type NewSecret = { first: string; again: string };

/** A new password or passphrase, written twice. */
export function NewSecretFields(props: {
  name: "password" | "passphrase";
  /** What comes before the name: "New password". */
  what: string;
  hint: string;
  value: NewSecret;
  onChange: (value: NewSecret) => void;
  problems: { first?: string | undefined; again?: string | undefined };
  takesKeyboard?: boolean;
}) {
  const { name, what, value, onChange, problems } = props;
  return (
    <>
      <Field
        label={what}
        name={name}
        type="password"
        value={value.first}
        onChange={(first) => onChange({ ...value, first })}
        problem={problems.first}
        hint={props.hint}
        autoComplete="new-password"
        takesKeyboard={props.takesKeyboard ?? false}
      />
      <Field
        label="Once more"
        name={`${name}-again`}
        type="password"
        value={value.again}
        onChange={(again) => onChange({ ...value, again })}
        problem={problems.again}
        autoComplete="new-password"
      />
    </>
  );
}
