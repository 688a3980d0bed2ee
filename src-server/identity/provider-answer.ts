import { authorizationCodeGrant, type Configuration, fetchUserInfo } from "openid-client";
import { sql } from "kysely";
import { must } from "#shared/kit/must.ts";
import type { From, Identity } from "./identity.ts";
import { note } from "./note.ts";
import { giveCode, takeBegun } from "./oidc-rows.ts";
import type { Provider } from "./providers.ts";
import { verifiedEmail } from "./verified-email.ts";

/** Where the browser goes next, or why it goes nowhere, as a sentence. */
export type ProviderAnswer = { to: string } | { why: string };

/** A provider's answer as the browser brought it: verified in full, and turned into a code for the desk that began. */
export async function providerAnswer(identity: Identity, query: URLSearchParams, from: From): Promise<ProviderAnswer> {
  const state = query.get("state") ?? "";
  const begun = await takeBegun(identity, state);
  if (!begun) return { why: "This sign-in took too long or was used already: start again in Careboard." };
  const { provider, configuration } = await identity.providers.client(begun.provider);
  if (query.has("error"))
    return { why: `${provider.title} did not let you in: start again in Careboard, or sign in with your password.` };
  const url = new URL(`${identity.providers.callback}?${query.toString()}`);
  const claims = await claimsOf(configuration, url, { ...begun, state }).catch(() => null);
  if (!claims) return { why: `${provider.title} gave an answer that can't be used: start again in Careboard.` };
  const found = await accountFor(identity, provider, claims);
  if ("why" in found) {
    const detail = { means: "provider", provider: provider.id, why: found.reason };
    await note(identity.db, from, { action: "signInRefused", userId: found.userId, detail });
    return { why: found.why };
  }
  const factor = Array.isArray(claims.amr) && claims.amr.includes("mfa");
  const { challenge, device, port } = begun;
  const code = await giveCode(identity, provider.id, found.userId, { challenge, device, factor });
  // The literal loopback address: a name could be another machine's.
  return { to: `http://127.0.0.1:${port}/signed-in?code=${code}` };
}

type Claims = Record<string, unknown> & { sub: string };

/** @throws for an answer whose state, issuer, code, signature, nonce or time is not as it must be */
async function claimsOf(
  configuration: Configuration,
  url: URL,
  { state, nonce, verifier }: { state: string; nonce: string; verifier: string },
): Promise<Claims> {
  const tokens = await authorizationCodeGrant(configuration, url, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  });
  const claims = must(tokens.claims(), "the claims of an id token that was asked for");
  if (claims.email !== undefined || !configuration.serverMetadata().userinfo_endpoint) return claims;
  // Some give the address only when it is asked for; what the signed token says stays as it is.
  return { ...(await fetchUserInfo(configuration, tokens.access_token, claims.sub)), ...claims };
}

type Found = { userId: string } | { why: string; reason: string; userId: string | null };

/** The account that this subject is linked to; the first time the one with its verified address, which is linked now. */
function accountFor({ db }: Identity, provider: Provider, claims: Claims): Promise<Found> {
  return db.transaction().execute(async (tx): Promise<Found> => {
    const { issuer, title } = provider;
    const subject = claims.sub;
    const linked = await tx
      .selectFrom("user_identities")
      .innerJoin("users", "users.id", "user_identities.user_id")
      .select(["users.id", "users.active"])
      .where("issuer", "=", issuer)
      .where("subject", "=", subject)
      .executeTakeFirst();
    const nobody = `There is no account here for you: ask your administrator to add you, with the address that ${title} knows.`;
    if (linked) return linked.active ? { userId: linked.id } : { why: nobody, reason: "disabled", userId: linked.id };
    const verified = verifiedEmail(provider, claims);
    if ("why" in verified) return { why: verified.why, reason: "unverified", userId: null };
    const user = await tx
      .selectFrom("users")
      .select(["id", "active"])
      .where(sql<string>`lower(email)`, "=", verified.email)
      .where("kind", "=", "person")
      .forUpdate()
      .executeTakeFirst();
    if (!user?.active) return { why: nobody, reason: user ? "disabled" : "unknown", userId: user?.id ?? null };
    const other = await tx
      .selectFrom("user_identities")
      .select("subject")
      .where("issuer", "=", issuer)
      .where("user_id", "=", user.id)
      .executeTakeFirst();
    // The address was given to somebody else at the provider: the account is not theirs.
    if (other)
      return {
        why: `This account is linked to another one of ${title}: ask your administrator.`,
        reason: "linked",
        userId: user.id,
      };
    await tx.insertInto("user_identities").values({ issuer, subject, user_id: user.id }).execute();
    return { userId: user.id };
  });
}
