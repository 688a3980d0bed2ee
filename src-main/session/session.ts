import { z } from "zod";
import { type Person, person } from "#shared/contract/session.ts";
import type { SecretStore } from "./secret-store.ts";

/** A session as it is kept across starts. `server` binds the token: it is never sent anywhere else. */
const kept = z.object({ server: z.string(), token: z.string(), person });
export type Session = z.infer<typeof kept>;

/** The session of the last time, or null. What can't be read any more is as good as none: a person signs in again. */
export async function readSession(secrets: SecretStore, server: string): Promise<Session | null> {
  const text = await secrets.read();
  if (text === null) return null;
  try {
    const session = kept.parse(JSON.parse(text));
    return session.server === server ? session : null;
  } catch {
    return null;
  }
}

export const keepSession = (secrets: SecretStore, session: Session): Promise<void> =>
  secrets.write(JSON.stringify(session));

/** The same session with what the server now says of the person. */
export const withPerson = (session: Session, who: Person): Session => ({ ...session, person: who });
