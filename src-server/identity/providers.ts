import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const common = {
  /** In the verbs and in the log: `google`. */
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, "use small letters, digits and dashes"),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  /** Whose addresses may sign in: `clinic.example`. */
  domains: z.array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "write domains like clinic.example")).min(1),
};
const file = z.strictObject({
  providers: z
    .array(
      z.discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("google"), ...common }),
        /** `tenant` is the directory's id: the addresses for many tenants would let any of them in. */
        z.strictObject({
          kind: z.literal("entra"),
          tenant: z.guid("write the tenant's id, not a name or common"),
          ...common,
        }),
        z.strictObject({ kind: z.literal("oidc"), issuer: z.url(), title: z.string().min(1).max(40), ...common }),
      ]),
    )
    .refine((list) => new Set(list.map((p) => p.id)).size === list.length, "each provider has an id of its own"),
});

/** An identity provider that this server is set up for. */
export type Provider = {
  id: string;
  title: string;
  kind: "google" | "entra" | "oidc";
  issuer: string;
  clientId: string;
  clientSecret: string;
  domains: string[];
  /** Entra's directory. */
  tenant: string | null;
};

/**
 * The providers of `oidc.json` in the data folder; without that file there are none.
 * @throws an Error that names the field and says what it takes
 */
export function readProviders(folder: string): Provider[] {
  const path = join(folder, "oidc.json");
  return existsSync(path) ? parseProviders(readFileSync(path, "utf8"), path) : [];
}

export function parseProviders(text: string, path: string): Provider[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is no JSON: ${(error as Error).message}.`, { cause: error });
  }
  const read = file.safeParse(json);
  if (!read.success) throw new Error(`${path} can't be used. ${z.prettifyError(read.error)}`);
  return read.data.providers.map((p) => {
    const { id, clientId, clientSecret, domains, kind } = p;
    const rest = { id, clientId, clientSecret, domains, kind };
    if (p.kind === "google")
      return { ...rest, title: "Google Workspace", issuer: "https://accounts.google.com", tenant: null };
    if (p.kind === "entra") {
      const tenant = p.tenant.toLowerCase();
      return {
        ...rest,
        title: "Microsoft Entra ID",
        issuer: `https://login.microsoftonline.com/${tenant}/v2.0`,
        tenant,
      };
    }
    return { ...rest, title: p.title, issuer: p.issuer, tenant: null };
  });
}
