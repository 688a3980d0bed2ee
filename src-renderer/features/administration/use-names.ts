import { useClinics, useDirectory } from "../../state/use-clinic.ts";
import type { Names } from "./audit-words.ts";
import { usePeople } from "./use-people.ts";

/** What ids in the log stand for, as far as this administrator knows them. */
export function useNames(clinicId: string): Names {
  const clinics = useClinics().data ?? [];
  const people = usePeople(clinicId).data ?? [];
  const { locations = [], queues = [], agents = [] } = useDirectory(clinicId).data ?? {};
  return new Map([
    ...[...clinics, ...locations, ...queues, ...agents].map(({ id, name }) => [id, name] as const),
    ...people.map(({ id, displayName }) => [id, displayName] as const),
  ]);
}
