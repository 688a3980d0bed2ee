import { memberMay, type HasRoles } from "#shared/access/member.ts";
import { type DeskVerb, verbAccess } from "#shared/access/verb-access.ts";

/** Whether it makes sense to offer what that verb does, in this clinic. The server decides again at each call. */
export function mayAsk(person: HasRoles | null | undefined, verb: DeskVerb, clinicId: string | undefined): boolean {
  const { need } = verbAccess[verb];
  if (need === "open") return true;
  if (!person || clinicId === undefined) return false;
  if (need === "signedIn") return true;
  return need.some((permission) => memberMay(person, permission, clinicId));
}
