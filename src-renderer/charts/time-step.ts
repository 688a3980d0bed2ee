const steps = [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

/** The distance of an axis' lines in seconds, so that they stand on times people name: at most six lines up to `max`. */
export const timeStep = (max: number): number =>
  steps.find((step) => max / step <= 6) ?? Math.ceil(max / 6 / 3600) * 3600;
