import { readdir } from "node:fs/promises";
import { extname, join, sep } from "node:path";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
};

export type RendererFile = { path: string; type: string; /** Its name changes with its content. */ hashed: boolean };

/**
 * The built renderer's files by their address path (`/assets/index-abc.js`). Hidden files and types the renderer doesn't use are left out.
 * @throws an Error that says to build, when there is no page
 */
export async function listRendererFiles(folder: string): Promise<Map<string, RendererFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, RendererFile>();
  for (const entry of entries) {
    const type = types[extname(entry.name)];
    if (!entry.isFile() || type === undefined || entry.name.startsWith(".")) continue;
    const path = join(entry.parentPath, entry.name);
    const address = path.slice(folder.length).split(sep).join("/");
    files.set(address, { path, type, hashed: address.startsWith("/assets/") });
  }
  if (!files.has("/index.html")) throw new Error(`There is no built page in ${folder}: run npm run build first.`);
  return files;
}
