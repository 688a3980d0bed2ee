import { errors, jwtVerify, SignJWT } from "jose";

/** What a token is for; one made for one purpose is refused for the others. */
type Purpose = "access" | "ticket" | "receipt";

/** A signed token (HS256) that names its purpose, its subject and its end. */
export const signToken = (
  key: Uint8Array,
  purpose: Purpose,
  subject: string,
  expiresAt: Date,
  claims: Record<string, unknown> = {},
): Promise<string> =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer("careboard")
    .setAudience(`careboard ${purpose}`)
    .setSubject(subject)
    .setIssuedAt()
    .setExpirationTime(expiresAt)
    .sign(key);

/** What a token of ours says; `over` after its end, null for everything else. */
export async function readToken(
  key: Uint8Array,
  purpose: Purpose,
  token: string,
): Promise<{ subject: string; claims: Record<string, unknown> } | "over" | null> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ["HS256"],
      issuer: "careboard",
      audience: `careboard ${purpose}`,
      requiredClaims: ["sub", "exp"],
    });
    return payload.sub ? { subject: payload.sub, claims: payload } : null;
  } catch (error) {
    return error instanceof errors.JWTExpired ? "over" : null;
  }
}
