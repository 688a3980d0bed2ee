import { Client } from "pg";

/**
 * The lock of the one clinic server on a database: two would both feed the desks. It lives with a connection, so it can't
 * go stale; when PostgreSQL restarts, it is taken again.
 * @throws when another server holds it
 */
export async function onlyServer(
  url: string,
  where: string,
): Promise<{
  /** Makes the connection nobody's; before the first migration there is no such role. */
  lower: () => Promise<void>;
  release: () => Promise<void>;
}> {
  const wish = { release: false };
  let client = await take();
  if (!client)
    throw new Error(
      `A clinic server is already running on ${where}: stop it first, or give this one another --data folder.`,
    );
  return {
    lower: async () => {
      if (client) await becomeNobody(client);
    },
    release: async () => {
      wish.release = true;
      await client?.end().catch(() => {});
    },
  };

  async function take(): Promise<Client | null> {
    const next = new Client({ connectionString: url, application_name: "careboard lock", keepAlive: true });
    next.on("error", () => {});
    await next.connect();
    const { rows } = await next.query<{ got: boolean }>("select pg_try_advisory_lock(7203, 2) as got");
    if (!rows[0]?.got) {
      await next.end();
      return null;
    }
    await becomeNobody(next);
    next.once("end", () => {
      if (!wish.release) void again();
    });
    return next;
  }

  /** Another server that came first while PostgreSQL was away keeps it: this one must not go on. */
  async function again(): Promise<void> {
    for (let delay = 100; !wish.release; delay = Math.min(delay * 2, 5000)) {
      try {
        client = await take();
        if (client) return;
        console.error("careboard server: another clinic server has taken this database over; this one ends.");
        process.exit(1);
      } catch {
        // PostgreSQL is not back yet.
        await new Promise((resolve) => setTimeout(resolve, delay).unref());
      }
    }
  }
}

/** A lock needs no rights: what it is held by must not be the owner. */
async function becomeNobody(client: Client): Promise<void> {
  await client.query(
    "select set_config('role', rolname::text, false) from pg_roles where rolname = 'careboard_nobody'",
  );
}
