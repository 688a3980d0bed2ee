import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { getRawHeader } from "@electron/asar";
import { NtExecutable, NtExecutableResource } from "resedit";
import { plistWith } from "./plist-with.ts";

/** The digest of an archive's header, which itself has the digests of all its files. */
export const archiveDigest = (archive: string): string =>
  createHash("sha256").update(getRawHeader(archive).headerString).digest("hex");

/** Writes into a Windows program which app.asar it may load. https://www.electronjs.org/docs/latest/tutorial/asar-integrity */
export async function bindWindows(program: string, digest: string): Promise<void> {
  const executable = NtExecutable.from(await readFile(program), { ignoreCert: true });
  const resource = NtExecutableResource.from(executable);
  resource.entries = resource.entries.filter(({ type, id }) => type !== "INTEGRITY" || id !== "ELECTRONASAR");
  const allowed = [{ file: "resources\\app.asar", alg: "SHA256", value: digest }];
  const bin = new Uint8Array(Buffer.from(JSON.stringify(allowed))).buffer;
  resource.entries.push({ type: "INTEGRITY", id: "ELECTRONASAR", lang: 1033, codepage: 1200, bin });
  resource.outputResource(executable);
  await writeFile(program, Buffer.from(executable.generate()));
}

/** Writes the same into a Mac application's Info.plist, with the application's names. */
export async function bindMac(infoPlist: string, digest: string): Promise<void> {
  const dict = `<dict><key>Resources/app.asar</key><dict><key>algorithm</key><string>SHA256</string><key>hash</key><string>${digest}</string></dict></dict>`;
  let text = await readFile(infoPlist, "utf8");
  text = plistWith(text, "ElectronAsarIntegrity", dict);
  text = plistWith(text, "CFBundleExecutable", "<string>Careboard</string>");
  text = plistWith(text, "CFBundleName", "<string>Careboard</string>");
  text = plistWith(text, "CFBundleDisplayName", "<string>Careboard</string>");
  text = plistWith(text, "CFBundleIdentifier", "<string>app.careboard.desk</string>");
  await writeFile(infoPlist, text);
}
