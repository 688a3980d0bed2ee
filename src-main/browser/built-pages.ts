import { readFile } from "node:fs/promises";
import type { Pages } from "./pages.ts";
import { listRendererFiles } from "../renderer-files.ts";

/** The built renderer of `folder`. What may be asked for is listed once: a path is only ever looked up, never joined to a folder. */
export async function builtPages(folder: string): Promise<Pages> {
  const files = await listRendererFiles(folder);
  return {
    development: false,
    serve: async (request, response, path) => {
      const file = files.get(path === "/" ? "/index.html" : path);
      if (file === undefined) {
        response.writeHead(404, { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" });
        response.end("There is nothing under this address.\n");
        return;
      }
      const body = await readFile(file.path);
      response.writeHead(200, {
        "Content-Type": file.type,
        "Content-Length": body.length,
        "Cache-Control": file.hashed ? "private, max-age=31536000, immutable" : "no-store",
      });
      response.end(request.method === "HEAD" ? undefined : body);
    },
    upgrade: () => false,
    close: async () => undefined,
  };
}
