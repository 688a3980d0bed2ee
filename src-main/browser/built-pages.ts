import type { RendererFiles } from "../renderer-files.ts";
import type { Pages } from "./pages.ts";

/** The built renderer. */
export function builtPages(files: RendererFiles): Pages {
  return {
    development: false,
    serve: async (request, response, path) => {
      const file = files.get(path);
      if (file === undefined) {
        response.writeHead(404, { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" });
        response.end("There is nothing under this address.\n");
        return;
      }
      response.writeHead(200, {
        "Content-Type": file.type,
        "Content-Length": file.body.length,
        "Cache-Control": file.lasting ? "private, max-age=31536000, immutable" : "no-store",
      });
      response.end(request.method === "HEAD" ? undefined : file.body);
    },
    upgrade: () => false,
    close: async () => undefined,
  };
}
