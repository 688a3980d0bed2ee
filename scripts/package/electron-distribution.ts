import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

export type Distribution = {
  folder: string;
  platform: "darwin" | "linux" | "win32";
  /** Path of the program inside the folder; on macOS of the .app. */
  program: string;
};

const programs = { win32: "electron.exe", darwin: "Electron.app", linux: "electron" } as const;

/**
 * The unpacked Electron to build an application from, of whatever platform it is: the named folder, or what the installed package brought.
 * @throws an Error that says where an unpacked Electron comes from
 */
export function findDistribution(named: string | undefined, installed: string): Distribution {
  const folder = named === undefined ? join(installed, "dist") : resolve(named);
  for (const platform of ["win32", "darwin", "linux"] as const) {
    const program = programs[platform];
    if (existsSync(join(folder, program))) return { folder, platform, program };
  }
  throw new Error(
    named === undefined
      ? "Electron's binary isn't on this machine: unpack an electron-vX-PLATFORM-ARCH.zip of its releases and name the folder with --electron DIR."
      : `There is no Electron in ${folder}: --electron takes a folder with electron, electron.exe or Electron.app in it.`,
  );
}
