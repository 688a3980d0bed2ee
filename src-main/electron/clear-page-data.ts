import type { Session } from "electron";

/** Erases what pages keep on this disk: drafts, layouts and last painted answers in IndexedDB, local storage, cookies, caches. Of everybody at this desk. */
export async function clearPageData(session: Session): Promise<void> {
  await session.clearStorageData();
  await session.clearCache();
}
