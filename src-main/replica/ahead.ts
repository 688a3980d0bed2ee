import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

// This room's library of types is Node's, which has no WebAssembly.
declare const WebAssembly: { compile: (program: Uint8Array) => Promise<object> };

/** The parts of PGlite that take long to load and are the same for every replica. */
export type Ahead = { pgliteWasmModule: object; fsBundle: Blob };

/** Loads and compiles PGlite's program, so that a thread can do it while a person still types their password. */
export async function loadAhead(): Promise<Ahead> {
  const program = dirname(createRequire(import.meta.url).resolve("@electric-sql/pglite"));
  const [wasm, data] = await Promise.all([
    readFile(join(program, "pglite.wasm")),
    readFile(join(program, "pglite.data")),
  ]);
  return { pgliteWasmModule: await WebAssembly.compile(wasm), fsBundle: new Blob([data]) };
}
