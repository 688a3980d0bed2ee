/** Whether what comes after this offset is a part of a snapshot: rows that are not held yet. */
export const isSnapshot = (offset: string): boolean => offset === "-1" || /^0_\d+$/.test(offset);
