import type { ShapeName } from "#shared/contract/sync.ts";

const rollups: readonly ShapeName[] = ["calls_by_hour", "calls_by_agent", "calls_by_type", "calls_by_queue"];

/** Sums of calls: a board follows them as rows, every other desk adds them up from the calls that it holds. */
export const isRollup = (shape: ShapeName): boolean => rollups.includes(shape);
