/** Fields that 3CX can put into a record, by their names in its own settings, in the order that "all fields" gives. */
export const fieldNames = [
  "historyid",
  "callid",
  "duration",
  "time-start",
  "time-answered",
  "time-end",
  "reason-terminated",
  "from-no",
  "to-no",
  "from-dn",
  "to-dn",
  "dial-no",
  "reason-changed",
  "final-number",
  "final-dn",
  "bill-code",
  "bill-rate",
  "bill-cost",
  "bill-name",
  "chain",
  "from-type",
  "to-type",
  "final-type",
  "from-dispname",
  "to-dispname",
  "final-dispname",
  "missed-queue-calls",
] as const;
export type FieldName = (typeof fieldNames)[number];

const bare = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
const byBareName = new Map(fieldNames.map((name) => [bare(name), name]));

/** `time-start`, `time_start`, `timeStart` and `TimeStart` are one field; null for what is none. */
export const fieldNamed = (name: string): FieldName | null => byBareName.get(bare(name)) ?? null;
