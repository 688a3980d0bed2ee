import { escapeIdentifier, escapeLiteral } from "pg";
import { must } from "#shared/kit/must.ts";
import { columnsOf, type ShapeDefinition } from "./definition.ts";
import { keyColumns, type Table, type TableColumn } from "./table.ts";

/** Types whose text never holds a character that JSON escapes. */
const plain = new Set(["uuid", "int2", "int4", "int8", "numeric", "float4", "float8", "date", "timestamp", "timestamptz", "time", "timetz", "oid"]); // prettier-ignore
const textual = new Set(["text", "varchar", "name", "citext"]);

/** Text as it stands, or an expression whose text is put in its place. */
type Part = { text: string } | { value: string };

/**
 * The COPY that prints a shape's rows as messages of the protocol, one a line, each followed by a comma: PostgreSQL does
 * the writing, the server only cuts the bytes into chunks. `format` (twice as fast here as `concat`) prints every value by its
 * type's output function, which is what the stream does as well, so that snapshot and stream give the same text (a boolean
 * is `t` in both, char(n) is padded in both). Quote and delimiter are control characters, which never occur in JSON: CSV
 * then escapes nothing.
 */
export function snapshotCopy(definition: ShapeDefinition, table: Table): string {
  const columns = columnsOf(definition, table);
  const keys = keyColumns(table);
  const parts = [
    ...keyParts(table, keys),
    ...columns.flatMap((c, at) => [
      { text: `${at === 0 ? ',"value":{' : ","}${JSON.stringify(c.name)}:` },
      ...valueParts(c),
    ]),
    { text: `},"headers":{"operation":"insert","relation":${JSON.stringify([table.schema, table.name])}}},` },
  ];
  const needed = [...new Set([...columns, ...keys].map((c) => escapeIdentifier(c.name)))].join(", ");
  const order = definition.order.map((o) => `${escapeIdentifier(o.column)} ${o.descending ? "desc" : "asc"}`);
  return `copy (
    select ${formatted(parts)} from (
      select ${needed} from ${escapeIdentifier(table.schema)}.${escapeIdentifier(table.name)}
      where ${filterSql(definition.filter, table)} ${order.length > 0 ? `order by ${order.join(", ")}` : ""} offset 0
    ) as rows
  ) to stdout (format csv, quote e'\\x01', delimiter e'\\x02')`;
}

/** The filter as SQL, its values as literals of the column's type: COPY takes no parameters. */
export function filterSql(filter: ShapeDefinition["filter"], table: Table): string {
  if (filter === null) return "true";
  const groups = filter.map((group) => group.map((c) => oneOf(c.column, c.values, table)).join(" and "));
  return groups.length === 0 ? "false" : groups.map((g) => `(${g})`).join(" or ");
}

function oneOf(name: string, values: string[], table: Table): string {
  const column = must(
    table.columns.find((c) => c.name === name),
    `column ${name} of ${table.name}`,
  );
  const list = values.map((v) => `${escapeLiteral(v)}::${column.sqlType}`).join(", ");
  return values.length === 0 ? "false" : `${escapeIdentifier(name)} in (${list})`;
}

function keyParts(table: Table, keys: TableColumn[]): Part[] {
  const prefix = `"${table.schema}"."${table.name}"`;
  if (keys.every((k) => k.dims === 0 && plain.has(k.type)))
    return [
      { text: `{"key":${JSON.stringify(prefix).slice(0, -1)}` },
      ...keys.flatMap((k) => [{ text: '/\\"' }, { value: escapeIdentifier(k.name) }, { text: '\\"' }]),
      { text: '"' },
    ];
  const written = keys.map((k) => `'/"', replace(concat(${escapeIdentifier(k.name)}), '/', '//'), '"'`).join(", ");
  return [{ text: '{"key":' }, { value: `to_json(concat(${literal(prefix)}, ${written}))` }];
}

function valueParts(column: TableColumn): Part[] {
  const name = escapeIdentifier(column.name);
  if (column.dims === 0 && plain.has(column.type))
    return column.notNull
      ? [{ text: '"' }, { value: name }, { text: '"' }]
      : [{ value: `coalesce('"' || ${name}::text || '"', 'null')` }];
  if (column.dims === 0 && textual.has(column.type))
    return [{ value: column.notNull ? `to_json(${name}::text)` : `coalesce(to_json(${name}::text)::text, 'null')` }];
  if (column.dims === 0 && column.type === "bool")
    return [{ value: `case when ${name} then '"t"' when not ${name} then '"f"' else 'null' end` }];
  return [{ value: `case when ${name} is null then 'null' else to_json(concat(${name}))::text end` }];
}

/** One call of a function takes at most a hundred arguments. */
function formatted(parts: Part[]): string {
  const calls: string[] = [];
  let template = "";
  let values: string[] = [];
  const close = () => {
    calls.push(`format(${[literal(template), ...values].join(", ")})`);
    template = "";
    values = [];
  };
  for (const part of parts) {
    if ("text" in part) template += part.text.replaceAll("%", "%%");
    else {
      template += "%s";
      values.push(part.value);
    }
    if (values.length === 90) close();
  }
  close();
  return calls.join(" || ");
}

/** A literal without escapes of its own: `standard_conforming_strings` is on, so a backslash stands for itself. */
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
