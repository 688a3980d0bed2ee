import { useDeskStatus } from "../client/use-desk-status.ts";
import { seesCallers } from "./screens.ts";

/** Whether the person in front sees who called. */
export const useSeesCallers = (): boolean => useDeskStatus((view) => seesCallers(view.status?.person));
