import { z } from "zod";
import { readToken, signToken } from "./token.ts";

/** Whose session was ended; all that a receipt's token says. */
export type ReceiptFor = { sessionId: string; userId: string };

/** Long enough for a desk to erase what it holds and to try again after a bad connection. */
const minutes = 60;

/** A token by which a desk whose session is gone says what it removed, and nothing else. `key`: the context's `sessionKey`. */
export const signReceiptToken = (key: Uint8Array, { sessionId, userId }: ReceiptFor): Promise<string> =>
  signToken(key, "receipt", sessionId, new Date(Date.now() + minutes * 60_000), { user: userId });

export async function readReceiptToken(key: Uint8Array, token: string): Promise<ReceiptFor | null> {
  const read = await readToken(key, "receipt", token);
  if (read === "over" || !read) return null;
  const userId = z.uuid().safeParse(read.claims.user);
  return userId.success ? { sessionId: read.subject, userId: userId.data } : null;
}
