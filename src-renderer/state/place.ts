import { useStore } from "zustand";
import { persist } from "zustand/middleware";
import { createStore } from "zustand/vanilla";

/** Which clinic and location the window looks at; remembered over starts. `locationId` null is all locations. */
export type Place = { clinicId: string | null; locationId: string | null };

const place = createStore<Place>()(
  persist((): Place => ({ clinicId: null, locationId: null }), { name: "careboard.place", version: 1 }),
);

export const useChosenPlace = (): Place => useStore(place);
/** Another clinic has other locations, so choosing one begins at all of them. */
export function chooseClinic(clinicId: string): void {
  place.setState({ clinicId, locationId: null });
}

export function chooseLocation(locationId: string | null): void {
  place.setState({ locationId });
}
