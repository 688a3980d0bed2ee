/** The value, or a panic that names what was missing: for what the program itself guarantees, never for input. */
export function must<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`must: ${what} is missing`);
  return value;
}
