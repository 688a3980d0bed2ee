import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Member } from "#shared/access/member.ts";
import { role } from "#shared/access/role.ts";
import { deskRules, shapesOf } from "#shared/access/shapes-of.ts";
import { tableAccess } from "#shared/access/table-access.ts";
import { shapeName } from "#shared/contract/sync.ts";
import { readable, shown } from "../policy/oracle.ts";
import { holds } from "./definition.ts";
import { definitionFor } from "./gatekeeper.ts";

// Few ids, so that rows and people meet often, also where nothing in the database would let them.
const idOf = fc.constantFrom("1", "2", "3");
const memberArbitrary: fc.Arbitrary<Member> = fc
  .uniqueArray(
    fc.record({
      clinicId: idOf,
      role: fc.constantFrom(...role.options),
      agentId: fc.option(idOf),
      locationIds: fc.array(idOf),
    }),
    { selector: (held) => held.clinicId },
  )
  .map((roles) => ({
    userId: "u",
    sessionId: "s",
    deviceId: null,
    organizationId: "2",
    email: "x@y.example",
    displayName: "X",
    roles,
  }));
const rowArbitrary = fc.record({ id: idOf, clinic_id: idOf, location_id: fc.option(idOf), agent_id: fc.option(idOf) });

test("whoever and whatever it is, a shape holds a row exactly if the table of access shows it", () => {
  const nothing = { calls: [], user_clinic_roles: [], sessions: [] };
  fc.assert(
    fc.property(memberArbitrary, rowArbitrary, fc.constantFrom(...shapeName.options), (who, row, name) => {
      const definition = definitionFor(name, who, "default");
      const expected = shown(deskRules(name), row, who, nothing, tableAccess.calls.rows);
      expect(holds(definition.filter, (column) => (row as Record<string, string | null>)[column])).toBe(expected);
      expect(definition.columns).toEqual(readable(tableAccess[name], who, "desk"));
      expect(shapesOf(who.roles).includes(name) || !expected).toBe(true);
    }),
    { numRuns: 5000 },
  );
});

test("what no screen draws is in no shape", () => {
  for (const column of ["patient_mrn", "recording_url", "compliance_notes", "provider_requested", "appointment_date"])
    expect(tableAccess.calls.desk).not.toContain(column);
});
