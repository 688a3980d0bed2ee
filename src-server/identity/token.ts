import { jwtVerify, SignJWT } from "jose";
import type { SessionKey } from "./session-key.ts";

/** A signed token that names a session; whether that session still stands is asked of the database each time. */
export const signToken = (key: SessionKey, sessionId: string, expiresAt: Date): Promise<string> =>
  new SignJWT({})
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer("careboard")
    .setSubject(sessionId)
    .setIssuedAt()
    .setExpirationTime(expiresAt)
    .sign(key);

/** The session a token names, or null for anything that isn't a valid token of ours. */
export async function readToken(key: SessionKey, token: string): Promise<string | null> {
  try {
    const { payload } = await jwtVerify(token, key, { algorithms: ["HS256"], issuer: "careboard" });
    return payload.sub ?? null;
  } catch {
    return null;
  }
}
