import { ORPCError } from "@orpc/server";
import { allowInsecureRequests, type Configuration, discovery, enableNonRepudiationChecks } from "openid-client";
import { notFound } from "#shared/clinic/refuse.ts";
import type { Provider } from "./providers.ts";

/** The providers of this server with what is known of them by discovery, asked once each. */
export type ProviderClients = {
  /** Where they send people back: `{publicUrl}/auth/oidc/callback`. */
  callback: string;
  list: { id: string; title: string }[];
  /** @throws NOT_FOUND, or SERVICE_UNAVAILABLE when the provider does not answer */
  client: (id: string) => Promise<{ provider: Provider; configuration: Configuration }>;
};

export function providerClients(providers: Provider[], publicUrl: string | undefined): ProviderClients {
  if (providers.length > 0 && !publicUrl)
    throw new Error(
      "oidc.json names identity providers, and they need an address to answer to: start with --public-url.",
    );
  const known = new Map<string, Promise<Configuration>>();
  return {
    callback: `${publicUrl ?? ""}/auth/oidc/callback`,
    list: providers.map(({ id, title }) => ({ id, title })),
    client: async (id) => {
      const provider = providers.find((p) => p.id === id);
      if (!provider)
        throw notFound("This server knows no such identity provider: sign in with e-mail address and password.");
      const asked = known.get(id) ?? discover(provider);
      known.set(id, asked);
      try {
        return { provider, configuration: await asked };
      } catch (error) {
        // The next sign-in asks anew.
        known.delete(id);
        throw new ORPCError("SERVICE_UNAVAILABLE", {
          message: `${provider.title} does not answer at the moment: try again, or sign in with your password.`,
          cause: error,
        });
      }
    },
  };
}

function discover(provider: Provider): Promise<Configuration> {
  const issuer = new URL(provider.issuer);
  // Without TLS only a provider on this very machine is asked.
  const local = ["127.0.0.1", "[::1]", "localhost"].includes(issuer.hostname);
  return discovery(issuer, provider.clientId, provider.clientSecret, undefined, {
    execute: [enableNonRepudiationChecks, ...(local ? [allowInsecureRequests] : [])],
    timeout: 10,
  });
}
