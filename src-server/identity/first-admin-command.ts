import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { dataFolder } from "../config.ts";
import { visitDatabase } from "../database/open.ts";
import { identityKeys } from "./identity-keys.ts";
import { makeFirstAdmin } from "./make-first-admin.ts";
import { resetAdmin } from "./reset-admin.ts";

const usage = `Usage:
  npm run first-admin -- --organization NAME --clinic NAME --time-zone ZONE --email ADDRESS --name NAME [--data DIR]
    makes the organization, its first clinic and its administrator; the last line is a one-time password
  npm run first-admin -- --reset --email ADDRESS [--forget-second-factor] [--data DIR]
    gives an administrator another one-time password
ZONE is one like America/Detroit. DATABASE_URL names a PostgreSQL of one's own instead of the one in the data folder.`;

const text = z.string().trim().min(1).max(100);
const email = z.email("--email takes an address like name@clinic.example").max(254);
const making = z.object({
  organization: text,
  clinic: text,
  timeZone: z.string().refine((zone) => Intl.supportedValuesOf("timeZone").includes(zone), "--time-zone takes a zone like America/Detroit"),
  email,
  name: text,
}); // prettier-ignore

/** `npm run first-admin`: works beside a running server as well as without one. */
async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      organization: { type: "string" },
      clinic: { type: "string" },
      "time-zone": { type: "string" },
      email: { type: "string" },
      name: { type: "string" },
      data: { type: "string" },
      reset: { type: "boolean", default: false },
      "forget-second-factor": { type: "boolean", default: false },
    },
  });
  const asked = values.reset ? null : read(making, { ...values, timeZone: values["time-zone"] });
  const resetting = values.reset ? read(z.object({ email }), values) : null;
  const url = process.env.DATABASE_URL;
  const folder = resolve(values.data ?? dataFolder());
  // A mistyped folder must not become a new, empty clinic server.
  if (!url && !existsSync(join(folder, "postgres")))
    throw new Error(
      `No clinic server has kept its data in ${folder} yet: check --data, or start the server there once.`,
    );
  const database = await visitDatabase({ folder, ...(url ? { url } : {}) });
  try {
    const { system } = database;
    const secondFactor = values["forget-second-factor"];
    const password = asked
      ? await makeFirstAdmin(system, asked)
      : await resetAdmin(system, identityKeys(folder), { email: resetting?.email ?? "", secondFactor });
    console.log(
      `${(asked ?? resetting)?.email} signs in once with this password, within 7 days, and chooses another. It is shown this once:`,
    );
    console.log(password);
  } finally {
    await database.close();
  }
}

function read<T>(schema: z.ZodType<T>, values: object): T {
  const { success, data, error } = schema.safeParse(values);
  if (success) return data;
  const wrong = error.issues.map((issue) =>
    issue.message.startsWith("--") ? `${issue.message}.` : `--${String(issue.path[0])} is needed.`,
  );
  throw new Error(`${wrong.join("\n")}\n${usage}`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
