import type { Clinic } from "#shared/contract/clinics.ts";
import type { Route } from "../../state/routes.ts";

export function Trends({ clinic }: { clinic: Clinic; route: Route }) {
  return <h1>{clinic.name}</h1>;
}
