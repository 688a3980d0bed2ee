import { type HasRoles, memberClinics, memberMay } from "./member.ts";
import type { Permission } from "./permission.ts";
import type { VerbAccess } from "./verb-access.ts";

/** `notYours`: the clinic that is asked about is none of the person's. `missing`: any one of these permissions would do. */
export type VerbCheck = { is: "allowed" } | { is: "notYours" } | { is: "forbidden"; missing: readonly Permission[] };

/** Whether a signed-in person may ask for what a verb does. @param clinicId the clinic that the input names, if it names one */
export function checkVerb({ need }: VerbAccess, who: HasRoles, clinicId: string | null): VerbCheck {
  if (need === "open") return { is: "allowed" };
  // Another's clinic and one that never was are answered alike.
  if (clinicId !== null && !memberClinics(who).includes(clinicId)) return { is: "notYours" };
  if (need === "signedIn" || need.some((permission) => memberMay(who, permission, clinicId ?? undefined)))
    return { is: "allowed" };
  return { is: "forbidden", missing: need };
}
