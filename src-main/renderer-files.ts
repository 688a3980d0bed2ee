import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";

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

/** `lasting`: the name changes with the content, so that a copy never grows old. */
export type RendererFile = { body: Buffer<ArrayBuffer>; type: string; lasting: boolean };
export type RendererFiles = ReadonlyMap<string, RendererFile>;

/**
 * The built renderer by address path (`/`, `/assets/index-abc.js`). It is read once and whole (a few MB): a path is looked up and never
 * joined to a folder, and a window keeps working while the renderer is built anew. Hidden files and types no page uses are left out.
 * @throws an Error that says to build, when there is no page
 */
export async function readRendererFiles(folder: string): Promise<RendererFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, RendererFile>();
  for (const entry of entries) {
    const type = types[extname(entry.name)];
    if (!entry.isFile() || type === undefined || entry.name.startsWith(".")) continue;
    const path = join(entry.parentPath, entry.name);
    const address = `/${relative(folder, path).split(sep).join("/")}`;
    files.set(address, { body: await readFile(path), type, lasting: address.startsWith("/assets/") });
  }
  const page = files.get("/index.html");
  if (page === undefined) throw new Error(`There is no built page in ${folder}: run npm run build first.`);
  files.set("/", page);
  return files;
}
