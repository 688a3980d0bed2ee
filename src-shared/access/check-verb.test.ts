import { expect, test } from "vitest";
import { checkVerb } from "./check-verb.ts";
import { verbAccess } from "./verb-access.ts";

const [north, south, other] = ["north", "south", "other"];
const who = {
  roles: [
    { clinicId: north, role: "clinic_admin" as const, agentId: null, locationIds: [] },
    { clinicId: south, role: "provider" as const, agentId: null, locationIds: [] },
  ],
};

test("a permission counts in the clinic that is named, in any of the person's where none is", () => {
  const list = verbAccess["calls.list"];
  expect(checkVerb(list, who, north)).toEqual({ is: "allowed" });
  expect(checkVerb(list, who, south)).toMatchObject({ is: "forbidden", missing: list.need });
  expect(checkVerb(list, who, null)).toEqual({ is: "allowed" });
  expect(checkVerb(list, { roles: who.roles.slice(1) }, null)).toMatchObject({ is: "forbidden" });
});

test("a clinic of others is as good as none, also where any person may ask; an open verb asks for nothing", () => {
  expect(checkVerb(verbAccess["clinics.directory"], who, other)).toEqual({ is: "notYours" });
  expect(checkVerb(verbAccess["clinics.directory"], who, south)).toEqual({ is: "allowed" });
  expect(checkVerb(verbAccess["desk.signIn"], { roles: [] }, other)).toEqual({ is: "allowed" });
});
