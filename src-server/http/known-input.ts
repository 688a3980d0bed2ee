/**
 * An unchecked input with the fields that its verb knows, and no others: what a verb never reads must not decide which clinic is
 * asked about, nor stand in its line of the audit log.
 */
export function knownInput(input: unknown, fields: readonly string[]): unknown {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return undefined;
  return Object.fromEntries(Object.entries(input).filter(([name]) => fields.includes(name)));
}
