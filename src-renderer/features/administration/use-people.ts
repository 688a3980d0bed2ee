import { useLive } from "../../client/use-live.ts";

/** The people of the clinic with their roles there. Nothing of it is held on this desk: each asking goes to the server. */
export const usePeople = (clinicId: string) =>
  useLive(["people", clinicId], ({ people }, signal) => people.list({ clinicId }, { signal }), []);
