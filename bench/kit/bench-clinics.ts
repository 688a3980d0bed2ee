import { randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import type { DB } from "#shared/schema/database.ts";
import { stableId } from "../../src-server/demo/stable-id.ts";
import { hashPassword } from "../../src-server/identity/password.ts";
import type { BenchClinic, ClinicName } from "./bench.ts";

const password = "bench-password";

/** An organization of its own with one clinic: 40 agents, 3 locations, 4 queues, a phone system, and a manager. */
export async function benchClinic(db: Kysely<DB>, name: ClinicName): Promise<BenchClinic> {
  const idOf = (...names: (string | number)[]) => stableId("bench", name, ...names.map(String));
  const clinic_id = idOf("clinic");
  const source_id = idOf("source");
  const source = `bench-${name}-3cx`;
  const email = `manager@bench-${name}.example`;
  const secret = randomBytes(32).toString("base64url");
  const numbers = (count: number) => Array.from({ length: count }, (_, place) => place + 1);
  await db.transaction().execute(async (tx) => {
    const organization_id = idOf("organization");
    const names = { slug: `bench-${name}`, name: `Bench ${name}` };
    await tx
      .insertInto("organizations")
      .values({ id: organization_id, ...names })
      .execute();
    await tx
      .insertInto("clinics")
      .values({ id: clinic_id, organization_id, ...names, time_zone: lateAfternoonZone() })
      .execute();
    await tx
      .insertInto("locations")
      .values(numbers(3).map((n) => ({ id: idOf("location", n), clinic_id, name: `Location ${n}` })))
      .execute();
    await tx.insertInto("call_sources").values({ id: source_id, clinic_id, name: source }).execute();
    await tx.insertInto("call_source_secrets").values({ source_id, secret }).execute();
    await tx
      .insertInto("agents")
      .values(
        numbers(40).map((n) => ({
          id: idOf("agent", n),
          clinic_id,
          location_id: idOf("location", (n % 3) + 1),
          display_name: `Agent ${String(n).padStart(2, "0")}`,
        })),
      )
      .execute();
    await tx
      .insertInto("agent_extensions")
      .values(
        numbers(40).map((n) => ({
          id: idOf("extension", n),
          clinic_id,
          source_id,
          extension: String(100 + n),
          agent_id: idOf("agent", n),
        })),
      )
      .execute();
    await tx
      .insertInto("queues")
      .values(numbers(4).map((n) => ({ id: idOf("queue", n), clinic_id, name: `Queue ${n}` })))
      .execute();
    await tx
      .insertInto("queue_numbers")
      .values(
        numbers(4).map((n) => ({
          id: idOf("queue number", n),
          clinic_id,
          source_id,
          number: `80${n}`,
          queue_id: idOf("queue", n),
        })),
      )
      .execute();
    const user_id = idOf("user");
    await tx
      .insertInto("users")
      .values({ id: user_id, organization_id, email, display_name: "Bench manager" })
      .execute();
    await tx
      .insertInto("user_credentials")
      .values({ user_id, password_hash: await hashPassword(password) })
      .execute();
    await tx
      .insertInto("user_clinic_roles")
      .values({ id: idOf("role"), user_id, clinic_id, role: "manager" })
      .execute();
  });
  return { id: clinic_id, source, secret, email, password };
}

/** A zone in which it is five in the afternoon now, so that "today" holds most of a day whenever the bench runs. */
function lateAfternoonZone(): string {
  let ahead = 17 - new Date().getUTCHours();
  if (ahead < -11) ahead += 24;
  if (ahead > 13) ahead -= 24;
  // In these names the sign says how far behind Greenwich a zone is.
  return ahead === 0 ? "Etc/GMT" : `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
}
