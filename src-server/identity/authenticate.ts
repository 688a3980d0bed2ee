import type { Identity } from "./identity.ts";
import { type Standing, standingOf } from "./standing.ts";
import { readToken } from "./token.ts";

/** Who sends this request: whom the session behind `Authorization: Bearer` stands for now. */
export async function authenticate(
  identity: Pick<Identity, "db" | "keys">,
  request: Request,
): Promise<Standing | { is: "over" }> {
  const token = /^Bearer (\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const read = token ? await readToken(identity.keys.token, "access", token) : null;
  if (read === "over") return { is: "over" };
  return read ? standingOf(identity.db, read.subject) : { is: "nobody" };
}
