import { existsSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;

/** The checkout's folder. electron-vite bundles its configuration into one file that lies there, and not in this folder any more. */
export const checkout = existsSync(join(here, "package-lock.json")) ? here : join(here, "..");
