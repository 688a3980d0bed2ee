import { chmod, cp, mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { createPackage } from "@electron/asar";
import { setFuses } from "../../src-main/electron/set-fuses.ts";
import { archiveDigest, bindMac, bindWindows } from "./bind-archive.ts";
import type { Distribution } from "./electron-distribution.ts";

type LayOut = {
  distribution: Distribution;
  /** The folder that becomes the archive. */
  stage: string;
  /** Made anew. */
  target: string;
  /** The empty replica that new desks begin with. It goes beside the archive, since only plain files can be copied. Null when there is none. */
  template: string | null;
};

/** An application folder of an unpacked Electron: our archive in it, bound to the program, its fuses set. Answers the program to start (or sign). */
export async function layOut({
  distribution: { folder, platform, program },
  stage,
  target,
  template,
}: LayOut): Promise<string> {
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  // The links inside of a Mac's frameworks are part of what is signed.
  await cp(folder, target, { recursive: true, verbatimSymlinks: true });

  // Under Electron's own name it would take itself for a developer's.
  const named = { linux: "careboard", win32: "Careboard.exe", darwin: "Careboard.app" }[platform];
  const ours = join(target, named);
  await rename(join(target, program), ours);
  const resources = platform === "darwin" ? join(ours, "Contents/Resources") : join(target, "resources");
  await rm(join(resources, "default_app.asar"), { force: true });
  const archive = join(resources, "app.asar");
  await createPackage(stage, archive);
  if (template !== null) {
    const copy = join(resources, "replica-template", basename(template));
    await cp(template, copy, { recursive: true });
    await openToAll(copy);
  }

  const digest = archiveDigest(archive);
  if (platform === "win32") await bindWindows(ours, digest);
  if (platform === "darwin") {
    await rename(join(ours, "Contents/MacOS/Electron"), join(ours, "Contents/MacOS/Careboard"));
    await bindMac(join(ours, "Contents/Info.plist"), digest);
  }
  await setFuses(ours);
  return ours;
}

/** PostgreSQL makes its folders for one account alone; who installs an application isn't who uses it, and these replicas are empty. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
}
