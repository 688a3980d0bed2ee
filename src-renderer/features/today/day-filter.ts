/** The filter of the call list for one day; none while the day isn't known. */
export const dayFilter = (day: string | undefined): Record<string, string> =>
  day === undefined ? {} : { startDate: day, endDate: day };
