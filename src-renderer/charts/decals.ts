/** Patterns beside colours: series are told apart without seeing any. The first series stays plain. */
const diagonal = { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4 };
const patterns = [
  null,
  diagonal,
  {
    symbol: "circle",
    symbolSize: 0.7,
    dashArrayX: [
      [4, 4],
      [0, 4, 4, 0],
    ],
    dashArrayY: [4, 0],
  },
  { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: 0 },
  { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: Math.PI / 4 },
  { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: Math.PI / 2 },
] as const;

const dashes = ["solid", [6, 3], [2, 3], [9, 3, 2, 3], [12, 4], [4, 2]] as const;
const symbols = ["circle", "rect", "triangle", "diamond", "roundRect", "pin"] as const;

/** Lines across in the given colour; null is a plain fill. */
export const decal = (series: number, color: string) => {
  const pattern = patterns[series % patterns.length];
  return pattern ? { ...pattern, color } : undefined;
};
export const dash = (series: number) => dashes[series % dashes.length] ?? "solid";
export const symbol = (series: number) => symbols[series % symbols.length] ?? "circle";
