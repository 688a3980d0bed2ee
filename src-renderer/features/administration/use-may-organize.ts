import { memberMay } from "#shared/access/member.ts";
import { useDeskStatus } from "../../client/use-desk-status.ts";

/** Whether the person in front administers the whole organization. */
export const useMayOrganize = (): boolean =>
  useDeskStatus(({ status }) => (status?.person ? memberMay(status.person, "manageOrganization") : false));
