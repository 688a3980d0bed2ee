import { Secret } from "otpauth";
import type { Transaction } from "kysely";
import type { DB } from "#shared/schema/database.ts";
import type { Account } from "./account.ts";
import type { Identity } from "./identity.ts";
import { seal } from "./seal.ts";
import { totpOf } from "./totp.ts";

/** A new secret for an authenticator, kept sealed and counting for nothing until its first code comes. */
export async function offerFactor(
  tx: Transaction<DB>,
  { keys }: Pick<Identity, "keys">,
  account: Account,
): Promise<{ secret: string; uri: string }> {
  const secret = new Secret({ size: 20 });
  const sealed_secret = seal(keys.seal, `second factor ${account.id}`, secret.bytes);
  const fresh = { sealed_secret, confirmed_at: null, last_step: null, recovery: [] };
  await tx
    .insertInto("user_second_factors")
    .values({ user_id: account.id, ...fresh })
    .onConflict((c) => c.column("user_id").doUpdateSet(fresh))
    .execute();
  return { secret: secret.base32, uri: totpOf(secret, account.email).toString() };
}
