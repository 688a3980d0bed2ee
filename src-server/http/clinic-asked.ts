const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The value as an id, or null: an input is read before it was checked. */
export function asId(value: unknown): string | null {
  const text = typeof value === "string" ? value.toLowerCase() : "";
  return uuid.test(text) ? text : null;
}

/** The clinic that an unchecked input is about: its `clinicId`, or that of the role it gives. */
export function clinicAsked(input: unknown): string | null {
  if (typeof input !== "object" || input === null) return null;
  const { clinicId, role } = input as { clinicId?: unknown; role?: unknown };
  if (clinicId !== undefined) return asId(clinicId);
  return typeof role === "object" && role !== null ? asId((role as { clinicId?: unknown }).clinicId) : null;
}
