import { type AnyContractProcedure, isContractProcedure } from "@orpc/contract";
import type { ServerVerb } from "#shared/access/verb-access.ts";
import { serverContract } from "#shared/contract/server-contract.ts";
import { must } from "#shared/kit/must.ts";

type Route = { verb: ServerVerb; method: string; path: string; fields: readonly string[] };

/** Every verb of the server with its REST method, its path under `/api`, and the fields that its input knows. */
export const serverVerbs: readonly Route[] = Object.entries(serverContract).flatMap(([room, verbs]) =>
  Object.entries(verbs).map(([name, procedure]) => {
    const verb = `${room}.${name}` as ServerVerb;
    const { method, path } = routeOf(procedure, verb);
    return { verb, method, path, fields: fieldsOf(procedure) };
  }),
);

const byRoute = new Map(serverVerbs.map((v) => [`${v.method} ${v.path}`, v]));

/** Which verb a procedure is, however it is called: in process it comes without its place in the router. */
export function verbOf(procedure: AnyContractProcedure): Route {
  const { method, path } = routeOf(procedure, "procedure");
  return must(byRoute.get(`${method} ${path}`), `the verb of ${method} ${path}`);
}

function routeOf(procedure: unknown, name: string): { method: string; path: string } {
  if (!isContractProcedure(procedure)) throw new Error(`broken promise: ${name} is a verb`);
  const { method, path } = procedure["~orpc"].route;
  return { method: must(method, `the method of ${name}`), path: must(path, `the path of ${name}`) };
}

function fieldsOf(procedure: AnyContractProcedure): string[] {
  const schema = procedure["~orpc"].inputSchema as { shape?: Record<string, unknown> } | undefined;
  return Object.keys(schema?.shape ?? {});
}
