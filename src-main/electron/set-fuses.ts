import {
  type FuseV1Config,
  FuseState,
  FuseV1Options,
  FuseVersion,
  flipFuses,
  getCurrentFuseWire,
} from "@electron/fuses";
import { fuses } from "./fuses.ts";

/**
 * Sets every fuse of a program (on macOS: of its .app folder) as `fuses` lists them, and reads them back.
 * @throws an Error that names the fuse, when the program has one that isn't listed, lacks one, or reads back otherwise
 */
export async function setFuses(program: string): Promise<void> {
  const wanted = Object.fromEntries(fuses.map(({ fuse, on }) => [fuse, on])) as Record<FuseV1Options, boolean>;
  // Strict: a fuse that a later Electron brings stops the packaging until somebody has decided about it.
  const config: FuseV1Config = { version: FuseVersion.V1, strictlyRequireAllFuses: true, ...wanted };
  // An arm64 Mac starts no program whose signature is broken, and burning fuses breaks the one it came with.
  await flipFuses(program, { ...config, resetAdHocDarwinSignature: process.platform === "darwin" });
  const problem = await fuseProblem(program);
  if (problem !== null) throw new Error(problem);
}

/** In which fuse this program differs from `fuses`, as a sentence; null when in none. */
export async function fuseProblem(program: string): Promise<string | null> {
  const { version, ...wire } = (await getCurrentFuseWire(program)) as Record<string, unknown>;
  if (version !== FuseVersion.V1)
    return `The program's fuses are of version ${String(version)}, which nobody has looked at.`;
  const listed = new Map(fuses.map(({ fuse, on }) => [String(fuse), on]));
  for (const position of Object.keys(wire)) {
    if (!listed.has(position))
      return `The program has a fuse at position ${position} that src-main/electron/fuses.ts doesn't list.`;
  }
  for (const [position, on] of listed) {
    if (wire[position] === (on ? FuseState.ENABLE : FuseState.DISABLE)) continue;
    return `The fuse ${FuseV1Options[Number(position)]} isn't ${on ? "on" : "off"} in this program.`;
  }
  return null;
}
