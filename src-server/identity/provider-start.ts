import { buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier } from "openid-client";
import type { Device } from "#shared/contract/session.ts";
import type { Identity } from "./identity.ts";
import { beginOidc } from "./oidc-rows.ts";

/**
 * The provider's address to open in the system's browser: authorisation code with PKCE, state and nonce.
 * @throws NOT_FOUND for a provider that is none of this server's, SERVICE_UNAVAILABLE when it does not answer
 */
export async function providerStart(
  identity: Identity,
  input: { provider: string; challenge: string; port: number; device?: Device | undefined },
): Promise<{ url: string }> {
  const { configuration } = await identity.providers.client(input.provider);
  const { challenge, port, device = null } = input;
  const verifier = randomPKCECodeVerifier();
  const nonce = randomNonce();
  const state = await beginOidc(identity, input.provider, { challenge, port, device, verifier, nonce });
  const url = buildAuthorizationUrl(configuration, {
    redirect_uri: identity.providers.callback,
    response_type: "code",
    scope: "openid email profile",
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
  return { url: url.href };
}
