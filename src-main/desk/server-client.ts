import { createORPCClient, ORPCError } from "@orpc/client";
import { RPCLink } from "@orpc/client/fetch";
import type { ContractRouterClient } from "@orpc/contract";
import type { serverContract } from "#shared/contract/server-contract.ts";

export type ServerClient = ContractRouterClient<typeof serverContract>;

/** The server's verbs over HTTP, with this token. Node's fetch: nothing of it lies in a browser's cache. */
export function serverClient(server: string, token: string | null): ServerClient {
  const link = new RPCLink({
    url: new URL("/rpc", server),
    headers: () => (token === null ? {} : { authorization: `Bearer ${token}` }),
    fetch: (request, init) =>
      fetch(request, { ...init, signal: AbortSignal.any([request.signal, AbortSignal.timeout(30_000)]) }),
  });
  return createORPCClient(link);
}

const keptThere = "The clinic server can't be reached, and this is kept there. Try again once the desk is connected.";

/** Asks the server; where it can't be asked, the refusal says so in words. What the server itself says is passed on. */
export async function ask<T>(work: () => Promise<T>, unreachable = keptThere): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ORPCError && error.status < 500) throw error;
    if (error instanceof ORPCError && error.status === 503 && error.message !== "") throw error;
    throw new ORPCError("SERVICE_UNAVAILABLE", { message: unreachable });
  }
}
