import { createIntl, createIntlCache } from "react-intl";

/**
 * How Careboard writes figures and dates: English words, a 24-hour clock, the day before the month. In one place, so that a tile, a
 * chart's label and a table never differ; the same object stands in the `RawIntlProvider` for components.
 */
export const intl = createIntl({ locale: "en-GB", messages: {} }, createIntlCache());

/** What stands where there is nothing to divide by. Never 0. */
export const noData = "no data";
