import { open, rename } from "node:fs/promises";

/** Replaces a small file as a whole: whoever reads it, also after a crash, finds the old text or the new one. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const next = `${path}.new`;
  const file = await open(next, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(next, path);
}
