import { role as roleName } from "#shared/access/role.ts";
import { roleWords } from "../../state/role-words.ts";
import { Checks } from "../../ui/checks.tsx";
import { Field } from "../../ui/field.tsx";
import { Picker } from "../../ui/picker.tsx";
import styles from "./administration.module.css";
import type { Places } from "./places.ts";
import { isAnAgent, rolesToGive, type RoleText } from "./role-form.ts";

const nobody = "none";

/** Role, agent, locations and days, for a new person and for a known one. */
export function RoleFields(props: {
  text: RoleText;
  onChange: (text: RoleText) => void;
  places: Places;
  problems: Record<string, string>;
  /** The asker administers the whole organization. */
  mayOrganize: boolean;
}) {
  const { text, onChange, places, problems, mayOrganize } = props;
  const given = rolesToGive(mayOrganize);
  const roles = given.includes(text.role) ? given : [text.role, ...given];
  const agents = places.agents.filter(({ active, id }) => active || id === text.agentId);
  return (
    <>
      <div className={styles.row}>
        <Picker
          label="Role"
          wide
          choices={roles.map((id) => ({ id, label: roleWords(id) }))}
          value={text.role}
          onChange={(id) => onChange({ ...text, role: roleName.catch(text.role).parse(id) })}
        />
        {isAnAgent(text.role) ? (
          <Picker
            label="Is the agent"
            wide
            choices={[{ id: nobody, label: "nobody" }, ...agents.map(({ id, name }) => ({ id, label: name }))]}
            value={text.agentId ?? nobody}
            onChange={(id) => onChange({ ...text, agentId: id === nobody ? null : id })}
          />
        ) : null}
      </div>
      {[problems["role"], problems["agentId"]].map((problem) =>
        problem ? (
          <p key={problem} className={styles.bad} role="alert">
            {problem}
          </p>
        ) : null,
      )}
      <Checks
        label="Works at"
        choices={places.locations.map(({ id, name }) => ({ id, label: name }))}
        value={text.locationIds}
        onChange={(locationIds) => onChange({ ...text, locationIds })}
        empty="This clinic has no locations yet."
        problem={problems["locationIds"]}
      />
      <div className={styles.row}>
        <Field
          label="First day"
          name="validFrom"
          type="date"
          value={text.from}
          onChange={(from) => onChange({ ...text, from })}
          problem={problems["validFrom"]}
          hint="Empty: from now on."
        />
        <Field
          label="Last day"
          name="validUntil"
          type="date"
          value={text.until}
          onChange={(until) => onChange({ ...text, until })}
          problem={problems["validUntil"]}
          hint="Empty: without an end."
        />
      </div>
    </>
  );
}
