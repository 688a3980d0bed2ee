type Rgb = readonly [number, number, number];

const parse = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;

/** Relative luminance of WCAG 2. */
function luminance(color: Rgb): number {
  const [r = 0, g = 0, b = 0] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of two luminances, 1 to 21. */
const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

/** Which of two inks reads better on the shade that lies at `share` (0 to 1) between two colours; colours as #rrggbb. */
export function inkOn(low: string, high: string, share: number, inks: readonly [string, string]): string {
  const [from, to] = [parse(low), parse(high)];
  const shade = from.map((part, at) => part + ((to[at] ?? 0) - part) * share) as unknown as Rgb;
  const ground = luminance(shade);
  const [first, second] = inks.map((ink) => contrast(luminance(parse(ink)), ground));
  return (first ?? 0) >= (second ?? 0) ? inks[0] : inks[1];
}
