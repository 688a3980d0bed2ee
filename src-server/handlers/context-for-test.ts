import { randomBytes } from "node:crypto";
import type { Member } from "#shared/access/member.ts";
import { createTrail } from "../audit/trail.ts";
import type { Handles } from "../database/handles.ts";
import type { ServerContext } from "../http/context.ts";
import { createIdentity } from "../identity/identity.ts";
import { deriveKeys } from "../identity/identity-keys.ts";

/** What a handler is given for a person's request, as the server itself gives it. */
export function contextForTest(handles: Handles, member: Member | null): ServerContext {
  const { db, system, systemPool } = handles;
  const identity = createIdentity({ db: system, keys: deriveKeys(randomBytes(32), randomBytes(32)) });
  const requestId = "test";
  return {
    db,
    system,
    systemPool,
    identity,
    member,
    whyNobody: null,
    formerly: null,
    sessionKey: identity.keys.token,
    from: { address: "192.0.2.1", requestId },
    requestId,
    audit: createTrail(system),
    accessChanged: () => {},
  };
}
