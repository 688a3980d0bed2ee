import type { ContractRouterClient } from "@orpc/contract";
import type { deskContract } from "#shared/contract/desk-contract.ts";

/** The desk's verbs as functions: `client.today.overview({ clinicId }, { signal })`. */
export type DeskClient = ContractRouterClient<typeof deskContract>;
