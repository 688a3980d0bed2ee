import type { DownloadItem, WebFrameMain } from "electron";
import { isOurs } from "./address.ts";

const types = /\.(csv|xlsx|pdf|json|jsonl|txt)$/i;

/**
 * Is this download an export that our own page made, of a kind that no system runs? Where it goes is then asked of the person, by the
 * system's dialog. Nothing else is saved: no address, no file of another name, nothing of a frame inside the page.
 */
export function isExport(item: Pick<DownloadItem, "getURL" | "getFilename">, frame: WebFrameMain | null): boolean {
  if (frame === null || frame.parent !== null || !isOurs(frame.url)) return false;
  return item.getURL().startsWith("blob:app://careboard/") && types.test(item.getFilename());
}
