import type { Provider } from "./providers.ts";

type Claims = Record<string, unknown>;

/**
 * The address that a provider vouches for, or why it vouches for none, as a sentence. Needed once, to find the person's account; from
 * then on only the subject counts, because addresses are given to other people.
 * - Google: `email_verified`, and `hd`, the Workspace that the account belongs to: an account that somebody made with a clinic's address has none.
 * - Entra ID: the tenant by `tid`, and `xms_edov`, which says that the address's domain is verified by its tenant. `email` without it,
 *   and `preferred_username`, may be anything.
 * - Others: `email_verified`.
 */
export function verifiedEmail(provider: Provider, claims: Claims): { email: string } | { why: string } {
  // Letters beyond ASCII become others in lower case (a Kelvin sign is a k), and would name another's account.
  const email =
    typeof claims.email === "string" && /^[\x21-\x7e]+$/.test(claims.email) ? claims.email.toLowerCase() : null;
  const domain = email?.split("@").at(-1);
  if (provider.kind === "entra" && String(claims.tid).toLowerCase() !== provider.tenant)
    return { why: "This account belongs to another directory: sign in with the one of your clinic." };
  if (!email || !domain || !isVerified(provider, claims))
    return {
      why:
        provider.kind === "entra"
          ? "Microsoft does not vouch for this account's e-mail address: ask your administrator to add the optional claims email and xms_edov to the application."
          : "The provider does not vouch for this account's e-mail address: confirm the address there, and sign in again.",
    };
  if (!provider.domains.includes(domain))
    return { why: "Addresses of this domain don't sign in here: use your clinic's account." };
  if (provider.kind === "google" && !provider.domains.includes(String(claims.hd).toLowerCase()))
    return { why: "This Google account belongs to no Workspace that signs in here: use your clinic's account." };
  return { email };
}

function isVerified({ kind }: Provider, { email_verified, xms_edov }: Claims): boolean {
  // Entra writes the claim as a boolean, a number or a text, depending on the kind of token.
  return kind === "entra" ? [true, 1, "1", "true"].includes(xms_edov as boolean) : email_verified === true;
}
