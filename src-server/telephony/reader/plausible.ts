import { callIdInstant } from "./call-id-instant.ts";
import type { FieldName } from "./field-name.ts";
import { clockSeconds, instant, isInstant } from "./instant.ts";
import type { CdrFields } from "./cdr-record.ts";
import { isKnownType, partyKind } from "./words.ts";

const isTime = (text: string) => isInstant(text) || clockSeconds(text) !== null;
const isChain = (text: string) => /^chain:/i.test(text);
const word = /^[a-z][^,;]{0,60}$/i;
const directoryNumber = /^[*#+\w.@-]{1,64}$/;
/** Lists have semicolons and numbers have none, except for addresses with parameters. */
const isList = (text: string) => text.includes(";") && !/^<?sips?:/i.test(text);
const number = (text: string) => text === "" || (text.length <= 80 && !isTime(text) && !isChain(text) && !isList(text));
const type = (text: string) => text === "" || /^[a-z][a-z_. -]{0,30}$/i.test(text);
const numberWord = (text: string) => text === "" || (word.test(text) && !isChain(text) && !/^ext\.[\d*#]/i.test(text));
const optionalDn = (text: string) => text === "" || (directoryNumber.test(text) && !isTime(text));

/** Text that people type: a comma in it is not the end of the field. */
export const isFreeText = (name: FieldName): boolean => name.startsWith("bill-") || name.endsWith("-dispname");

const checks: Partial<Record<FieldName, (text: string) => boolean>> = {
  historyid: (text) => /^[\w{}-]{1,64}$/.test(text),
  callid: (text) => /^[\w{}.@:/+=~-]{1,128}$/.test(text) && !isTime(text),
  duration: (text) => text === "" || clockSeconds(text) !== null,
  "time-start": isInstant,
  "time-answered": (text) => text === "" || isInstant(text),
  "time-end": isInstant,
  "reason-terminated": numberWord,
  "reason-changed": numberWord,
  "from-no": number,
  "to-no": number,
  "dial-no": number,
  "final-number": number,
  "from-dn": optionalDn,
  "to-dn": optionalDn,
  "final-dn": optionalDn,
  chain: (text) => text === "" || isChain(text) || text.endsWith(";"),
  "from-type": type,
  "to-type": type,
  "final-type": type,
};

/** Whether a person can have typed this: a chain or a time in a name means that the fields have slipped. */
export const couldBeTyped = (text: string): boolean => text === "" || (!isChain(text) && !isInstant(text));

/** Whether a text can be this field at all: what holds a line's fields in their places. */
export function plausible(name: FieldName, text: string): boolean {
  return (checks[name] ?? couldBeTyped)(text);
}

/** Types that are words but none of the phone system's are names that slipped into their place. */
export function typesAreTypes(fields: CdrFields): boolean {
  const given = [fields["from-type"], fields["to-type"], fields["final-type"]].filter((text) => text !== "");
  return given.length === 0 || given.some(isKnownType);
}

const firstHop = /^[^;']*/;

/**
 * How well the fields of one reading agree with one another; the reading with the highest sum is taken, so that orders
 * with the same number of fields are told apart by what stands in the line.
 */
export function agreement(fields: CdrFields): number {
  const chainStart = firstHop.exec(fields.chain.replace(/^chain:\s*/i, ""))?.[0]?.trim() ?? "";
  const ends = ["from", "to", "final"] as const;
  const number = { from: "from-no", to: "to-no", final: "final-number" } as const;
  let sum = 0;
  if (chainStart !== "" && chainStart === fields["from-no"]) sum += 2;
  const typed = ends.some((end) => fields[`${end}-type`] !== "");
  for (const end of ends) {
    const word = fields[`${end}-type`];
    const party = fields[number[end]];
    if (/^\d+$/.test(fields[`${end}-dn`])) sum += 1;
    if (!typed) continue;
    // An end has a type where it has a number, and the type says whether the number is one of ours. Only "end call", to
    // which calls run and never come from, has none.
    const noNumber = word === "" || (partyKind(word) === "end" && end !== "from");
    sum += noNumber === (party === "") ? 1 : -1;
    if (word === "" || party === "") continue;
    const outside = partyKind(word) === "outside";
    sum += outside === !/^(ext\.|\*)/i.test(party) ? 1 : -1;
    if (isKnownType(word)) sum += 1;
  }
  if (/^\d+$/.test(fields.historyid)) sum += 1;
  const embedded = callIdInstant(fields.callid);
  const start = embedded === null ? null : instant(fields["time-start"]);
  if (embedded !== null) sum += 1;
  if (embedded !== null && start !== null && Math.abs(start - embedded) < 2000) sum += 1;
  if (/^((ext\.)?[\d*#]+[;|: ]*)*$/i.test(fields["missed-queue-calls"])) sum += 1;
  return sum;
}
