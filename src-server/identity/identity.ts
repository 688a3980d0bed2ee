import { availableParallelism } from "node:os";
import type { Kysely } from "kysely";
import type { DB } from "#shared/schema/database.ts";
import { type BoundedWork, boundedWork } from "./bounded-work.ts";
import type { IdentityKeys } from "./identity-keys.ts";

/** What signing in works with. `db` is the server's own handle: identity is decided before there is a member. */
export type Identity = {
  db: Kysely<DB>;
  keys: IdentityKeys;
  /** Where passwords and codes are checked. */
  work: BoundedWork;
};

/** Where a request comes from, as far as sign-in counts and notes it. */
export type From = { address: string; requestId: string };

export const createIdentity = (options: { db: Kysely<DB>; keys: IdentityKeys }): Identity => ({
  ...options,
  work: boundedWork({ running: Math.min(2, availableParallelism()), waiting: 200 }),
});
