import { closeSync, fsyncSync, mkdirSync, openSync } from "node:fs";
import type { Filesystem } from "@electric-sql/pglite/basefs";
import { NodeFS } from "@electric-sql/pglite/nodefs";

/** The part of Emscripten that is reached into. Upstream calls it unstable: the version of PGlite is pinned. */
type Stream = { nfd?: number; node: { mount: { opts: { root: string } }; parent: Stream["node"]; name: string } };
type Nodefs = { stream_ops: { fsync?: (stream: Stream) => number }; realPath: (node: Stream["node"]) => string };

/**
 * Where PGlite keeps its files: plain files below `folder`, with the fsync that PGlite's own NODEFS lacks (without it a
 * power cut can lose committed rows, or tear a page). An encrypting filesystem takes this function's place.
 */
export function replicaFilesystem(folder: string): Filesystem {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return new DurableNodeFs(folder);
}

class DurableNodeFs extends NodeFS {
  override async init(...[pg, options]: Parameters<NodeFS["init"]>): ReturnType<NodeFS["init"]> {
    const { emscriptenOpts } = await super.init(pg, options);
    const addFsync = (module: { NODEFS: unknown }) => {
      const nodefs = module.NODEFS as Nodefs;
      nodefs.stream_ops.fsync = (stream) => sync(stream.nfd ?? nodefs.realPath(stream.node));
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), addFsync] } };
  }
}

/** A folder has no descriptor in NODEFS and is opened for this alone. Windows can't fsync a folder, and needs not. */
function sync(file: number | string): number {
  if (typeof file === "number") fsyncSync(file);
  else if (process.platform !== "win32") {
    const folder = openSync(file, "r");
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  }
  return 0;
}
