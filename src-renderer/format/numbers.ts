import { intl, noData } from "./intl.ts";

type Maybe = number | null | undefined;

/** Keeps a figure and its unit on one line. */
const nbsp = "\u00A0";

export const count = (value: Maybe): string =>
  value === null || value === undefined ? noData : intl.formatNumber(value, { maximumFractionDigits: 0 });

/** One decimal, for averages of counts. */
export const decimal = (value: Maybe): string =>
  value === null || value === undefined
    ? noData
    : intl.formatNumber(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** The figure of a fraction without its sign: 0.874 is 87.4. */
export const hundredths = (fraction: Maybe): string =>
  fraction === null || fraction === undefined ? noData : decimal(fraction * 100);

/** A fraction as 87.4 %. */
export const percent = (fraction: Maybe): string =>
  fraction === null || fraction === undefined ? noData : `${decimal(fraction * 100)}${nbsp}%`;

/** A goal as people say it: 0.8 is 80 %, 0.825 is 82.5 %. */
export const goal = (fraction: number): string =>
  `${intl.formatNumber(fraction * 100, { maximumFractionDigits: 1 })}${nbsp}%`;
