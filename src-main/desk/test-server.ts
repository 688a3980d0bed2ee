import { randomUUID } from "node:crypto";
import { implement, ORPCError } from "@orpc/server";
import { RPCHandler } from "@orpc/server/node";
import type { Person } from "#shared/contract/session.ts";
import { serverContract } from "#shared/contract/server-contract.ts";
import { clinicId } from "../sync/test-rows.ts";
import { type TestShapeServer, testShapeServer } from "../sync/test-shape-server.ts";

export type TestServer = TestShapeServer & { people: Record<string, Person>; ended: string[] };

const person = (name: string): Person => ({
  id: randomUUID(),
  email: `${name}@north.example`,
  displayName: name,
  organization: { id: randomUUID(), slug: "north", name: "North" },
  roles: [{ clinicId, role: "supervisor", agentId: null }],
});

/** A clinic server of the real contract with two people, whose password is `right`, and the shapes of the sync tests. */
export async function testServer(): Promise<TestServer> {
  const people: Record<string, Person> = { ann: person("ann"), bob: person("bob") };
  const ended: string[] = [];
  const verbs = implement({
    session: serverContract.session,
    calls: { rawLines: serverContract.calls.rawLines },
  }).$context<{ token: string }>();
  const who = (token: string): Person => {
    const found = people[token.split("-")[0] ?? ""];
    if (found) return found;
    throw new ORPCError("UNAUTHORIZED", { message: "Sign in first." });
  };
  const handler = new RPCHandler(
    verbs.router({
      session: {
        signIn: verbs.session.signIn.handler(({ input }) => {
          const found = people[input.email.split("@")[0] ?? ""];
          if (!found || input.password !== "right")
            throw new ORPCError("UNAUTHORIZED", { message: "E-mail address and password don't match." });
          return { token: `${found.displayName}-${randomUUID()}`, expiresAt: "2030-01-01T00:00:00Z", person: found };
        }),
        current: verbs.session.current.handler(({ context }) => who(context.token)),
        signOut: verbs.session.signOut.handler(({ context }) => {
          ended.push(context.token);
          return { ended: true };
        }),
      },
      calls: {
        rawLines: verbs.calls.rawLines.handler(({ context }) => {
          who(context.token);
          return [
            { id: "1", receivedAt: "2026-11-20T14:03:11Z", source: "test", format: "line" as const, body: "Call 1" },
          ];
        }),
      },
    }),
  );
  const shapes = await testShapeServer({
    longPoll: 300,
    also: async (request, response) => {
      const token = (request.headers.authorization ?? "").replace("Bearer ", "");
      return (await handler.handle(request, response, { prefix: "/rpc", context: { token } })).matched;
    },
  });
  return { ...shapes, people, ended };
}
