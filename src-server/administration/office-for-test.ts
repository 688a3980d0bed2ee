import { createRouterClient } from "@orpc/server";
import { expect } from "vitest";
import { createTrail } from "../audit/trail.ts";
import { authenticate } from "../identity/authenticate.ts";
import { deviceForTest, from, password, peopleForTest } from "../identity/people-for-test.ts";
import { router } from "../http/router.ts";

/** Two organizations with people, and the whole router as each of them, signed in for real. */
export async function officeForTest() {
  const world = await peopleForTest();
  const { db, system, systemPool, identity } = world;
  const audit = createTrail(system);
  const told: string[] = [];
  const context = {
    db, system, systemPool, identity, audit, from, requestId: "r", sessionKey: identity.keys.token, whyNobody: null, formerly: null,
    accessChanged: (userId: string) => void told.push(userId),
  }; // prettier-ignore
  const nobody = createRouterClient(router, { context: { ...context, member: null } });
  /** Signs in with a password and asks as that person; `standing` says what the token is worth now. */
  const signIn = async (email: string, device = deviceForTest()) => {
    const step = await nobody.session.signIn({ email, password, device });
    if (step.step !== "signedIn") throw new Error(`signing in stopped at ${step.step}`);
    const standing = () =>
      authenticate(identity, new Request("http://x", { headers: { authorization: `Bearer ${step.accessToken}` } }));
    const now = await standing();
    if (now.is !== "member") throw new Error("nobody");
    const client = createRouterClient(router, { context: { ...context, member: now.member } });
    return { ...step, client, standing, device };
  };
  return { ...world, told, nobody, signIn };
}

export const refusal = (code: string) => expect.objectContaining({ code }) as Error;
export const plainRole = { agentId: null, active: true, validFrom: null, validUntil: null, locationIds: [] };
