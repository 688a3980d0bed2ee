import { sql, type Transaction } from "kysely";
import type { DB } from "#shared/schema/database.ts";
import type { Account } from "./account.ts";
import type { Identity } from "./identity.ts";
import { makeRecoveryCodes, recoveryDigest } from "./recovery-codes.ts";
import { unseal } from "./seal.ts";
import { stepOf } from "./totp.ts";

/**
 * Whether this is a code of the account's second factor, and if it is, uses it up: a code of the authenticator is good once, also
 * within its 30 seconds, and so is a recovery code. The first code confirms the factor and gives recovery codes.
 */
export async function checkCode(
  tx: Transaction<DB>,
  { keys }: Pick<Identity, "keys">,
  { id, factor }: Account,
  code: string,
): Promise<{ recoveryCodes?: string[] } | null> {
  if (!factor) return null;
  const row = tx.updateTable("user_second_factors").where("user_id", "=", id);
  const secret = unseal(keys.seal, `second factor ${id}`, factor.sealed);
  const digits = code.replace(/\s/g, "");
  const step = secret && /^\d{6}$/.test(digits) ? stepOf(secret, digits, Date.now()) : null;
  if (step !== null) {
    if (factor.lastStep !== null && step <= factor.lastStep) return null;
    const recoveryCodes = factor.confirmed ? undefined : makeRecoveryCodes();
    const confirmed = recoveryCodes && {
      confirmed_at: sql<string>`now()`,
      recovery: recoveryCodes.map(recoveryDigest),
    };
    await row.set({ last_step: step, ...confirmed }).execute();
    return recoveryCodes ? { recoveryCodes } : {};
  }
  const digest = recoveryDigest(code);
  const left = factor.recovery.filter((held) => !digest.equals(held));
  if (!factor.confirmed || left.length === factor.recovery.length) return null;
  await row.set({ recovery: left }).execute();
  return {};
}
