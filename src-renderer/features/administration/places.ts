import type { Directory } from "#shared/contract/clinics.ts";

/** What a role is tied to in its clinic. */
export type Places = { agents: Directory["agents"]; locations: Directory["locations"] };

/** Names of those ids that are known here, in the order of the names. */
export const namesOf = (ids: readonly string[], from: readonly { id: string; name: string }[]): string[] =>
  from.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
