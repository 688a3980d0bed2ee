import type { InferContractRouterOutputs } from "@orpc/contract";
import type { deskContract } from "#shared/contract/desk-contract.ts";

type Answers = InferContractRouterOutputs<typeof deskContract>;
/** What the desk answers to the questions of Today. */
export type Overview = Answers["today"]["overview"];
export type QueueToday = Answers["today"]["queues"][number];
export type AgentToday = Answers["today"]["agents"][number];
