import { fieldNames, type FieldName } from "./field-name.ts";

/** The text of every field of one record, trimmed; empty for what the record does not have. */
export type CdrFields = Record<FieldName, string>;

const empty = Object.fromEntries(fieldNames.map((name) => [name, ""])) as CdrFields;
export const emptyFields = (): CdrFields => ({ ...empty });

/** One record of the phone system, read. Times are milliseconds since 1970, UTC. */
export type CdrRecord = {
  callId: string;
  historyId: string;
  start: number;
  answered: number | null;
  end: number;
  fields: CdrFields;
  /** What looked odd but changes no number: kept beside the raw record. */
  notes: string[];
};

/**
 * Either the record, or a sentence saying why it can't be read. `configured` says that the order set for the source was
 * what made sense of it: it is kept with the raw record, so that a later change of the setting never re-reads it wrongly.
 */
export type Reading = { record: CdrRecord; configured: boolean } | { reason: string };
