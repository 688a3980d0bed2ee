const since1601 = 11_644_473_600_000;
const earliest = Date.UTC(2000, 0);
const latest = Date.UTC(2100, 0);

/**
 * The start of the call as 3CX writes it into the callid: sixteen hexadecimal digits before the underscore that count
 * milliseconds since 1601 or since 1970, or since 1970 with the bytes turned round (version 20). Null for other ids.
 * The three cannot be mistaken for one another: only one of them falls into this century.
 */
export function callIdInstant(callId: string): number | null {
  const hex = /^([0-9a-f]{16})_/i.exec(callId)?.[1];
  if (!hex) return null;
  const plain = Number(BigInt(`0x${hex}`));
  const turned = Number(BigInt(`0x${(hex.match(/../g) ?? []).toReversed().join("")}`));
  return [plain - since1601, plain, turned].find((at) => at >= earliest && at < latest) ?? null;
}

const quarterHour = 15 * 60_000;

/**
 * Whether a record's start contradicts its callid by what a time zone makes up: a whole number of quarter hours. Other
 * differences are usual, because later records of one call carry the callid of its beginning.
 */
export function zoneDoubt(callId: string, start: number): string | null {
  const embedded = callIdInstant(callId);
  if (embedded === null) return null;
  const off = start - embedded;
  const quarters = Math.round(off / quarterHour);
  if (quarters === 0 || Math.abs(quarters) > 56 || Math.abs(off - quarters * quarterHour) > 2000) return null;
  return `The time lies ${quarters / 4} h from the one in the callid: check that the phone system writes UTC.`;
}
