import { ORPCError } from "@orpc/server";
import type { Kysely } from "kysely";
import { z } from "zod";
import { device } from "#shared/contract/session.ts";
import type { DB } from "#shared/schema/database.ts";
import { type Account, findAccount } from "./account.ts";
import { readToken, signToken } from "./token.ts";

const minutes = 5;

/** How far somebody has come in signing in. */
const passed = z.object({
  means: z.enum(["password", "provider"]),
  /** The second factor was shown: a code of ours, or the provider says so. */
  factor: z.boolean(),
  device: device.nullable(),
});
export type Passed = z.infer<typeof passed>;
export type TicketStep = "secondFactor" | "enrolSecondFactor" | "newPassword";

export const signTicket = (key: Uint8Array, account: Account, step: TicketStep, how: Passed): Promise<string> =>
  signToken(key, "ticket", account.id, new Date(Date.now() + minutes * 60_000), { step, how, stamp: account.stamp });

const claims = z.object({
  step: z.enum(["secondFactor", "enrolSecondFactor", "newPassword"]),
  how: passed,
  stamp: z.string(),
});
export type Ticket = { userId: string } & z.infer<typeof claims>;

/** What a ticket of one of these steps says, before the account is looked at. @throws UNAUTHORIZED */
export async function readTicket(key: Uint8Array, text: string, steps: TicketStep[]): Promise<Ticket> {
  const read = await readToken(key, "ticket", text);
  const parsed = read && read !== "over" ? claims.safeParse(read.claims) : null;
  if (!read || read === "over" || !parsed?.success || !steps.includes(parsed.data.step)) throw ticketOver();
  return { userId: read.subject, ...parsed.data };
}

/**
 * The account of a ticket; in a transaction its row is locked until that ends. A ticket carries the account's stamp, which every step
 * changes, so it leads on once; a changed password and a reset factor void it too.
 * @throws UNAUTHORIZED
 */
export async function accountOf(db: Kysely<DB>, ticket: Ticket): Promise<Account> {
  const account = await findAccount(db, { id: ticket.userId, lock: db.isTransaction });
  if (!account?.active || account.stamp !== ticket.stamp) throw ticketOver();
  return account;
}

const ticketOver = () =>
  new ORPCError("UNAUTHORIZED", {
    message: "This sign-in took too long or was gone on with elsewhere: start again with your e-mail address.",
  });
