/** This computer's zone, for instants that belong to the desk and not to a clinic. */
export const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
