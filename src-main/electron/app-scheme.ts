import { protocol, type Session } from "electron";
import { contentPolicy } from "../browser/page-headers.ts";
import type { RendererFiles } from "../renderer-files.ts";
import { isOurs, scheme } from "./address.ts";

/** Before the application is ready: gives the scheme an origin of its own, with the rules of https and none of its exceptions. */
export function announceScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Answers the scheme in this session with the built renderer and nothing else. */
export function serveScheme(session: Session, files: RendererFiles): void {
  const headers = {
    "Content-Security-Policy": contentPolicy([], false),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
  };
  session.protocol.handle(scheme, (request) => {
    const file = isOurs(request.url) && request.method === "GET" ? files.get(new URL(request.url).pathname) : undefined;
    if (file === undefined) return new Response("There is nothing under this address.\n", { status: 404, headers });
    return new Response(file.body, { headers: { ...headers, "Content-Type": file.type } });
  });
}
