import { closeSync, cpSync, fsyncSync, openSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";
import { parsers } from "#shared/schema/parsers.ts";
import { resources } from "../../src-main/replica/resources.ts";
import { schemaFiles } from "../../src-main/replica/schema-files.ts";
import { startParams } from "../../src-main/replica/start-params.ts";
import { templateFolder, templateKey } from "../../src-main/replica/template.ts";

type Stream = { nfd?: number; node: object };
type Nodefs = { stream_ops: { fsync?: (stream: Stream) => number }; realPath: (node: object) => string };

/** PGlite's own files with the fsync they lack: a replica as it would be without encryption, to compare with. */
class ClearFilesystem extends NodeFS {
  override async init(...[pg, options]: Parameters<NodeFS["init"]>): ReturnType<NodeFS["init"]> {
    const { emscriptenOpts } = await super.init(pg, options);
    const addFsync = (module: { NODEFS: unknown }) => {
      const nodefs = module.NODEFS as Nodefs;
      nodefs.stream_ops.fsync = (stream) => {
        const fd = stream.nfd ?? openSync(nodefs.realPath(stream.node), "r");
        fsyncSync(fd);
        if (stream.nfd === undefined) closeSync(fd);
        return 0;
      };
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), addFsync] } };
  }
}

/** Lays the template as it is. */
export async function layClear(folder: string): Promise<void> {
  const files = await schemaFiles(join(resources(), "schema"));
  cpSync(join(templateFolder(), templateKey(files)), join(folder, "data"), { recursive: true });
}

export const openClear = (folder: string): Promise<PGlite> =>
  PGlite.create({ fs: new ClearFilesystem(join(folder, "data")), parsers, startParams });
