import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { schemaFiles } from "../src-main/replica/schema-files.ts";
import { templateFolder, templateKey } from "../src-main/replica/template.ts";
import { checkout } from "./checkout.ts";

/** Makes the empty replica that new desks begin with, if there is none for this version. Without one they only start slower. */
export async function buildReplicaTemplate(): Promise<void> {
  const key = templateKey(await schemaFiles(join(checkout, "resources/schema")));
  if (existsSync(join(templateFolder(), key))) return;
  await promisify(execFile)(process.execPath, [join(checkout, "src-main/replica/make-template.ts")]).catch(
    (error: unknown) =>
      console.error(`New replicas will take longer, since no template could be made: ${String(error).slice(-300)}`),
  );
}
