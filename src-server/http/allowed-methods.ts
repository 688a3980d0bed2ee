import { serverVerbs } from "./server-verbs.ts";

/** Addresses beside the contract's. */
const doors: [string, string][] = [
  ["GET", "/api/openapi.json"],
  ["GET", "/api/processing/health-check"],
  ["POST", "/api/3cx/cdr-webhook"],
  ["GET", "/v1/shape"],
];

const addresses = [...serverVerbs.map(({ method, path }): [string, string] => [method, `/api${path}`]), ...doors].map(
  ([method, path]) => ({
    method,
    shape: new RegExp(`^${path.replace(/[.]/g, "\\.").replace(/\{\w+\}/g, "[^/]+")}/?$`),
  }),
);

/** The methods that an address answers to; none where there is no such address. */
export const allowedMethods = (path: string): string[] => [
  ...new Set(addresses.filter(({ shape }) => shape.test(path)).map(({ method }) => method)),
];
