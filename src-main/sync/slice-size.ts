/** Milliseconds that one slice may keep a question waiting, when somebody asks and when nobody does. */
const patience = { asked: 30, alone: 250 };
const [least, most] = [25, 4_000];

/** How many rows to apply at once: learns from the last slices what a row costs. */
export function createSliceSize(): {
  next: (sinceRead: number) => number;
  took: (rows: number, milliseconds: number) => void;
} {
  let perRow = 0.1;
  return {
    next: (sinceRead) => {
      const budget = sinceRead < 2_000 ? patience.asked : patience.alone;
      return Math.max(least, Math.min(most, Math.floor(budget / perRow)));
    },
    took: (rows, milliseconds) => {
      // A handful of rows says more about the transaction around them than about a row.
      if (rows >= least) perRow = perRow * 0.6 + (milliseconds / rows) * 0.4;
    },
  };
}
