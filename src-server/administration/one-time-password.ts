import { randomInt } from "node:crypto";
import type { Kysely } from "kysely";
import type { DB } from "#shared/schema/database.ts";
import { hashPassword } from "../identity/password.ts";

/** Letters and digits that nobody takes for one another when they are read aloud. */
const letters = "abcdefghjkmnpqrstuvwxyz23456789";
const goodForDays = 7;

/** Gives an account a password that only lets in to choose another: four groups of four, about 79 bits. Shown once, never kept. */
export async function giveOneTimePassword(system: Kysely<DB>, userId: string): Promise<string> {
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join("");
  const password = [group(), group(), group(), group()].join("-");
  const held = {
    password_hash: await hashPassword(password),
    one_time: true,
    changed_at: new Date().toISOString(),
    expires_at: new Date(Date.now() + goodForDays * 86_400_000).toISOString(),
  };
  await system
    .insertInto("user_credentials")
    .values({ user_id: userId, ...held })
    .onConflict((c) => c.column("user_id").doUpdateSet(held))
    .execute();
  return password;
}
