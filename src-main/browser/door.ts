import { createHash, randomBytes } from "node:crypto";

/** Secrets are compared as digests, so that the time a comparison takes tells nothing about them. */
const digest = (secret: string) => createHash("sha256").update(secret).digest("base64url");
const secret = () => randomBytes(32).toString("base64url");

export type Door = {
  /** A token that lets in one browser, once. A newer one doesn't take the place of an older one that is still unused. */
  token(): string;
  /** The session cookie (for Set-Cookie) in exchange for an unused token; null for any other. */
  enter(token: string): string | null;
  /** Does this Cookie header belong to a browser that was let in? */
  admits(cookies: string | undefined): boolean;
};

/**
 * Who may in. Everything lives in memory: with the process, every cookie ends. The cookie's name carries the port, since
 * browsers share cookies between all ports of a host and two desks would else throw one another's browsers out.
 */
export function createDoor(port: number): Door {
  const name = `careboard_desk_${port}`;
  const tokens = new Set<string>();
  const sessions = new Set<string>();
  return {
    token: () => {
      const token = secret();
      tokens.add(digest(token));
      return token;
    },
    enter: (token) => {
      if (!tokens.delete(digest(token))) return null;
      const session = secret();
      sessions.add(digest(session));
      return `${name}=${session}; HttpOnly; SameSite=Strict; Path=/`;
    },
    admits: (cookies) =>
      (cookies ?? "").split(";").some((pair) => {
        const [key, value] = pair.trim().split("=", 2);
        return key === name && value !== undefined && sessions.has(digest(value));
      }),
  };
}
