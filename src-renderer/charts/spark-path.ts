type Dot = { x: number; y: number };

/**
 * A line through the values in a box, `pad` from its edges. A gap where there is no value; nothing at all with fewer than two values,
 * since one dot tells no course. `end` is the last value's place, null where the last has none.
 */
export function sparkPath(
  values: readonly (number | null)[],
  width: number,
  height: number,
  pad: number,
): { path: string; end: Dot | null } {
  const held = values.filter((value) => value !== null);
  if (held.length < 2) return { path: "", end: null };
  const low = Math.min(...held);
  const span = Math.max(...held) - low;
  const dots = values.map((value, at): Dot | null => {
    if (value === null) return null;
    const share = span === 0 ? 0.5 : (value - low) / span;
    return {
      x: round(pad + (at / (values.length - 1)) * (width - 2 * pad)),
      y: round(height - pad - share * (height - 2 * pad)),
    };
  });
  const path = dots
    .map((dot, at) => (dot === null ? "" : `${at > 0 && dots[at - 1] ? "L" : "M"}${dot.x},${dot.y}`))
    .join("");
  return { path, end: dots.at(-1) ?? null };
}

const round = (value: number) => Math.round(value * 10) / 10;
