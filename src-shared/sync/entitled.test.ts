import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { MemberRole } from "../access/member.ts";
import { role } from "../access/role.ts";
import { rowFilter } from "../access/row-filter.ts";
import { deskColumns, deskRules, shapesOf } from "../access/shapes-of.ts";
import type { ShapeName } from "../contract/sync.ts";
import { after, anew, beginning, inside, type Position, swept } from "./position.ts";

/** A small world: rows of two clinics with two locations and two agents each, and a desk that is a table of rows and a position a shape. */
const clinics = ["a", "b"];
const shapes = ["agents", "calls_by_hour", "calls"] as const satisfies ShapeName[];
type Name = (typeof shapes)[number];
type Row = Record<string, string>;
const rows: Row[] = clinics.flatMap((clinic) =>
  ["1", "2", "none"].flatMap((location) =>
    ["x", "y"].map((agent, n) => ({
      id: `${clinic}${location}${agent}`, clinic_id: clinic, location_id: clinic + location, agent_id: clinic + agent,
      caller_name: `caller ${n}`, display_name: "Whole Name", first_name: "Whole",
    })),
  ),
); // prettier-ignore

const definition = (name: Name, roles: MemberRole[]) => ({
  columns: deskColumns(name, { roles }),
  filter: deskRules(name).flatMap((rule) => {
    const conditions = rowFilter(rule, { roles }, "o");
    return conditions ? [conditions] : [];
  }),
});
/** What the server's shape consists of for these roles. */
function entitled(name: Name, roles: MemberRole[], deleted: ReadonlySet<string> = new Set()): Row[] {
  const { columns, filter } = definition(name, roles);
  return rows
    .filter((row) => !deleted.has(row.id ?? ""))
    .filter((row) => filter.some((group) => group.every(({ column, values }) => values.includes(row[column] ?? ""))))
    .map((row) => Object.fromEntries(Object.entries(row).filter(([c]) => columns.includes(c))));
}

type Shape = { position: Position; rows: Map<string, Row>; seen: Set<string>; snapshot: Row[] };
const fresh = (): Shape => ({ position: beginning, rows: new Map(), seen: new Set(), snapshot: [] });
type World = {
  roles: MemberRole[];
  made: Map<Name, number>;
  desk: Map<Name, Shape>;
  removed: number;
  deleted: Set<string>;
};

/** The handle of a definition, as often as the server has made it. */
const handleOf = (world: World, name: Name) =>
  `${JSON.stringify(definition(name, world.roles))}-${world.made.get(name) ?? 0}`;

/** One request and what the desk does with its answer; two rows an answer, and the up-to-date alone. */
function fetchOnce(world: World, name: Name): void {
  const shape = world.desk.get(name) ?? fresh();
  world.desk.set(name, shape);
  const handle = handleOf(world, name);
  const { position } = shape;
  if (position.handle !== null && position.handle !== handle) {
    const access =
      position.handle.slice(0, position.handle.lastIndexOf("-")) !== handle.slice(0, handle.lastIndexOf("-"));
    shape.position = anew(position, handle, access);
    shape.seen.clear();
    return;
  }
  if (position.offset === "-1" && position.within === 0) shape.snapshot = entitled(name, world.roles, world.deleted);
  const part = shape.snapshot.slice(position.within, position.within + 2);
  for (const row of part) {
    // Whole rows: what a row is held with beyond its columns goes.
    shape.rows.set(row.id ?? "", row);
    if (position.refetching) shape.seen.add(row.id ?? "");
  }
  if (position.within + part.length < shape.snapshot.length) {
    shape.position = inside(position, handle, position.within + part.length);
    return;
  }
  if (position.refetching)
    for (const id of shape.rows.keys())
      if (!shape.seen.has(id)) {
        shape.rows.delete(id);
        world.removed += position.purging ? 1 : 0;
      }
  shape.position = swept(after(position, { handle, offset: "0_inf" }));
}

/** What is not followed any more leaves; what is, is fetched. */
function follow(world: World): Name[] {
  const followed = shapesOf(world.roles);
  for (const name of shapes)
    if (!followed.includes(name) && world.desk.has(name)) {
      world.removed += world.desk.get(name)?.rows.size ?? 0;
      world.desk.set(name, fresh());
    }
  return shapes.filter((name) => followed.includes(name));
}

const roles = fc.subarray(clinics).chain((held) =>
  fc.tuple(
    ...held.map((clinicId) =>
      fc.record({
        clinicId: fc.constant(clinicId),
        role: fc.constantFrom(...role.options),
        agentId: fc.constantFrom(null, `${clinicId}x`),
        locationIds: fc.subarray([`${clinicId}1`, `${clinicId}2`]),
      }),
    ),
  ),
);
const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant("roles" as const), roles }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("fetch" as const), name: fc.constantFrom(...shapes), times: fc.integer({ min: 1, max: 6 }) }) }, // prettier-ignore
  { weight: 1, arbitrary: fc.record({ do: fc.constant("anew" as const), name: fc.constantFrom(...shapes) }) },
);
const begun = (): World => ({ roles: [], made: new Map(), desk: new Map(), removed: 0, deleted: new Set() });
function settle(world: World): void {
  for (const name of follow(world)) for (let n = 0; n < 12; n++) fetchOnce(world, name);
}
const held = (world: World, name: Name) => [...(world.desk.get(name)?.rows.values() ?? [])];
const byId = (list: Row[]) => list.toSorted((a, b) => (String(a.id) < String(b.id) ? -1 : 1));

test("SPEC 13: whatever roles a person had and however far each fetch came, the rows held are those entitled in the end", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), roles, (steps, last) => {
      const world = begun();
      for (const s of steps)
        if (s.do === "roles") world.roles = s.roles;
        else if (s.do === "anew") world.made.set(s.name, (world.made.get(s.name) ?? 0) + 1);
        else if (follow(world).includes(s.name)) for (let n = 0; n < s.times; n++) fetchOnce(world, s.name);
      world.roles = last;
      settle(world);
      for (const name of shapes) expect(byId(held(world, name))).toEqual(byId(entitled(name, last)));
    }),
    { numRuns: 1000 },
  );
});

test("SPEC 13: exactly the difference leaves and is counted, also when the fetch begins again; what the server deleted is not", () => {
  fc.assert(
    fc.property(roles, roles, fc.subarray(rows), fc.nat(6), (before, now, deleted, times) => {
      const world = { ...begun(), roles: before };
      settle(world);
      world.deleted = new Set(deleted.map((row) => row.id ?? ""));
      const again = () => {
        for (const name of shapes) world.made.set(name, (world.made.get(name) ?? 0) + 1);
      };
      again();
      settle(world);
      expect(world.removed).toBe(0);
      world.roles = now;
      for (const name of follow(world)) for (let n = 0; n < times; n++) fetchOnce(world, name);
      again();
      settle(world);
      const ids = (of: MemberRole[]) =>
        shapes.flatMap((name) => entitled(name, of, world.deleted).map((row) => `${name} ${row.id}`));
      expect(world.removed).toBe(ids(before).filter((id) => !ids(now).includes(id)).length);
    }),
    { numRuns: 500 },
  );
});
