import { hkdfSync } from "node:crypto";
import { keyFile } from "./key-file.ts";

/** The server's keys of sign-in, one a purpose: a value made for one is nothing for another. */
export type IdentityKeys = {
  /** Signs access tokens, tickets and receipts (HS256). */
  token: Uint8Array;
  /** HMAC of accounts and addresses whose tries failed: the table alone names nobody. */
  failures: Uint8Array;
  /** Seals secrets of second factors and of sign-ins on their way (AES-256-GCM). */
  seal: Uint8Array;
};

/**
 * The keys of a data folder. Without `session-key` every access token and ticket is void (desks get new ones by their refresh
 * tokens). Without `identity-key` second factors can't be checked: people use a recovery code, or an administrator resets them.
 */
export const identityKeys = (folder: string): IdentityKeys =>
  deriveKeys(
    keyFile(folder, "session-key", "every desk asks for new tokens"),
    keyFile(folder, "identity-key", "second factors are set up anew"),
  );

export const deriveKeys = (session: Uint8Array, identity: Uint8Array): IdentityKeys => ({
  token: derive(session, "token"),
  failures: derive(session, "failures"),
  seal: derive(identity, "seal"),
});

const derive = (key: Uint8Array, purpose: string) =>
  new Uint8Array(hkdfSync("sha256", key, new Uint8Array(0), `careboard ${purpose}`, 32));
