import { availableParallelism } from "node:os";
import type { Kysely } from "kysely";
import type { DB } from "#shared/schema/database.ts";
import { type BoundedWork, boundedWork } from "./bounded-work.ts";
import type { IdentityKeys } from "./identity-keys.ts";
import { type ProviderClients, providerClients } from "./provider-clients.ts";
import type { Provider } from "./providers.ts";

/** What signing in works with. `db` is the server's own handle: identity is decided before there is a member. */
export type Identity = {
  db: Kysely<DB>;
  keys: IdentityKeys;
  /** Where passwords and codes are checked. */
  work: BoundedWork;
  providers: ProviderClients;
};

/** Where a request comes from, as far as sign-in counts and notes it. */
export type From = { address: string; requestId: string };

type Options = { db: Kysely<DB>; keys: IdentityKeys; providers?: Provider[]; publicUrl?: string | undefined };

/** @throws an Error when there are providers and no public address */
export const createIdentity = ({ db, keys, providers = [], publicUrl }: Options): Identity => ({
  db,
  keys,
  work: boundedWork({ running: Math.min(2, availableParallelism()), waiting: 200 }),
  providers: providerClients(providers, publicUrl),
});
