import { Client } from "pg";

/** Waits until the database answers, and makes it on the first start. */
export async function postgresReady(url: string, ended: () => boolean): Promise<void> {
  const admin = new URL(url);
  admin.pathname = "/postgres";
  for (let attempt = 0; ; attempt++) {
    if (ended()) throw new Error("it ended at once");
    const client = new Client({ connectionString: admin.href });
    try {
      await client.connect();
      const held = await client.query("select 1 from pg_database where datname = 'careboard'");
      if (held.rowCount === 0) await client.query("create database careboard");
      return;
    } catch (error) {
      // 57P03: still starting or recovering; ECONNREFUSED: not listening yet. Recovery of much WAL may take minutes.
      const code = (error as { code?: string }).code;
      if (code !== "57P03" && code !== "ECONNREFUSED" && code !== "ECONNRESET") throw error;
      if (attempt > 6000) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    } finally {
      await client.end().catch(() => {});
    }
  }
}

/** Whether a process of this number runs, ours or not. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}
