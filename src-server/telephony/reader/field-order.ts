import { fieldNamed, fieldNames, type FieldName } from "./field-name.ts";

/** The fields of a line from left to right. */
export type FieldOrder = readonly FieldName[];

const upTo = (last: FieldName) => fieldNames.slice(0, fieldNames.indexOf(last) + 1);
const withoutBill = (order: FieldOrder) => order.filter((name) => !/^bill-(rate|cost|name)$/.test(name));
const withoutTariff = (order: FieldOrder) => order.filter((name) => !name.startsWith("bill-"));

/**
 * Orders that real systems are configured with. A line is held against each of them by the number of its fields and by
 * what stands in them, because the list may be changed at the phone system at any moment.
 */
export const knownOrders: readonly FieldOrder[] = [
  fieldNames,
  upTo("chain"),
  // The header that widespread conversion scripts assume: names before types.
  [...upTo("chain"), "missed-queue-calls", "from-dispname", "to-dispname", "final-dispname", "from-type", "to-type", "final-type"],
  // Without the tariff but with its code; the final type comes first.
  [...withoutBill(upTo("chain")), "final-type", "from-type", "to-type", "from-dispname", "to-dispname", "final-dispname", "missed-queue-calls"],
  withoutTariff(fieldNames),
  withoutTariff(fieldNames).slice(0, -1),
  // Before callid was usual: the start first, and no identity of the call at all.
  ["time-start", "dial-no", "from-dn", "duration", "time-answered", "time-end", "reason-terminated", "reason-changed",
    "missed-queue-calls", "from-no", "to-no", "to-dn", "final-number", "final-dn", "from-type", "to-type", "final-type",
    "from-dispname", "to-dispname", "final-dispname"],
]; // prettier-ignore

const needed: readonly FieldName[] = [
  "time-start",
  "time-answered",
  "time-end",
  "reason-terminated",
  "from-no",
  "to-no",
];

/** A configured list of names as an order, or a sentence saying what is wrong with it. */
export function fieldOrder(names: readonly string[]): { order: FieldName[] } | { problem: string } {
  const order: FieldName[] = [];
  for (const name of names) {
    const field = fieldNamed(name);
    if (!field) return { problem: `There is no CDR field "${name}". The fields are: ${fieldNames.join(", ")}.` };
    if (order.includes(field)) return { problem: `The field ${field} is listed twice: name every field once.` };
    order.push(field);
  }
  const missing = needed.filter((field) => !order.includes(field));
  if (missing.length > 0)
    return { problem: `Calls cannot be counted without ${missing.join(", ")}: add it at the phone system and here.` };
  return { order };
}
