/** A secret as people type it: in groups of four. */
export const groupsOfFour = (text: string): string => (text.replaceAll(/\s/g, "").match(/.{1,4}/g) ?? []).join(" ");
