import { member, server } from "../http/implementer.ts";
import { shapeManifest } from "../shapes/manifest.ts";

export const syncHandlers = {
  shapes: server.sync.shapes.handler(({ context }) => shapeManifest(context.system, member(context))),
};
