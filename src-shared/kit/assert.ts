/** Panics when the program's own promise is broken: a bug, not an input error. */
export function assert(condition: boolean, promise: string): asserts condition {
  if (!condition) throw new Error(`broken promise: ${promise}`);
}
