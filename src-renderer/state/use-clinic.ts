import type { Clinic, Directory } from "#shared/contract/clinics.ts";
import type { Live } from "../client/live-question.ts";
import { useLive } from "../client/use-live.ts";
import { useChosenPlace } from "./place.ts";
import { usePainted } from "./use-painted.ts";
import { useRoute } from "./use-route.ts";

/** The clinics this person may see. */
export function useClinics(): Live<Clinic[]> {
  return usePainted(
    "clinics",
    useLive("clinics", (client, signal) => client.clinics.list(undefined, { signal }), ["clinics"]),
  );
}

/** The clinic in view: the address's (`?clinic=slug`, for walls), else the chosen one, else the first. */
export function useClinic(): Clinic | undefined {
  const clinics = useClinics().data;
  const { clinicId } = useChosenPlace();
  const named = useRoute().params["clinic"];
  return clinics?.find((c) => c.slug === named) ?? clinics?.find((c) => c.id === clinicId) ?? clinics?.[0];
}

/** Locations, queues and agents of the clinic in view. */
export function useDirectory(clinicId: string | undefined): Live<Directory> {
  const live = useLive(
    ["directory", clinicId],
    (client, signal) => client.clinics.directory({ clinicId }, { signal }),
    ["locations", "queues", "agents"],
  );
  return usePainted(`directory ${clinicId}`, live);
}

/** What every question of a screen narrows by: the clinic, and the location if one is chosen and still exists there. */
export function usePlaceFilter(clinic: Clinic): { clinicId: string; locationId?: string } {
  const { locationId } = useChosenPlace();
  const locations = useDirectory(clinic.id).data?.locations;
  const known = locationId !== null && (locations?.some((location) => location.id === locationId) ?? false);
  return known ? { clinicId: clinic.id, locationId } : { clinicId: clinic.id };
}
