import { expect, test } from "vitest";
import { servable, type ShapeDefinition } from "./definition.ts";
import type { Table } from "./table.ts";

const column = {
  type: "uuid",
  sqlType: "uuid",
  dims: 0,
  notNull: true,
  key: null,
  generated: false,
  oid: 2950,
  modifier: -1,
};
const rollup: Table = {
  schema: "public",
  name: "calls_by_hour",
  identity: "i",
  columns: [
    { ...column, name: "id", key: 0, told: true },
    { ...column, name: "clinic_id", told: true },
    { ...column, name: "location_id", told: false },
    { ...column, name: "handled_hours", told: false, generated: true },
  ],
};
const filtered = (name: string): ShapeDefinition => ({
  schema: "public", table: "calls_by_hour", columns: rollup.columns.map((c) => c.name), filter: [[{ column: name, values: ["x"] }]],
  order: [], replica: "default", log: "full",
}); // prettier-ignore

test("a rollup is chosen by what its replica identity tells, and by nothing else", () => {
  expect(servable(filtered("clinic_id"), rollup).filter).toEqual(filtered("clinic_id").filter);
  expect(() => servable(filtered("location_id"), rollup)).toThrow(/calls_by_hour can't be filtered by location_id/);
  expect(() => servable(filtered("nothing"), rollup)).toThrow(/broken promise/);
});

test("what PostgreSQL computes is left to the desk", () => {
  expect(servable(filtered("id"), rollup).columns).toEqual(["id", "clinic_id", "location_id"]);
});
