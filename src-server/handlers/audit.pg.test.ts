import { randomUUID } from "node:crypto";
import { createRouterClient } from "@orpc/server";
import { expect, test } from "vitest";
import type { Member } from "#shared/access/member.ts";
import type { Role } from "#shared/access/role.ts";
import type { DeskEvent } from "#shared/contract/audit.ts";
import { verifyChain } from "../audit/verify-chain.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { peopleForTest } from "../identity/people-for-test.ts";
import { router } from "../http/router.ts";
import { contextForTest } from "./context-for-test.ts";

async function office() {
  const people = await peopleForTest();
  const { organization, other } = people;
  const [clinic, second] = organization.clinics;
  const memberOf = async (...roles: [string, Role][]): Promise<Member> => {
    const organizationId = roles[0]?.[0] === other.clinics[0] ? other.id : organization.id;
    const { id, email } = await people.person(
      roles.map(([clinicId, role]) => ({ clinicId, role })),
      { organization: organizationId },
    );
    return {
      userId: id,
      sessionId: randomUUID(),
      deviceId: null,
      organizationId,
      email,
      displayName: "Robin Marsh",
      roles: roles.map(([clinicId, role]) => ({ clinicId, role, agentId: null, locationIds: [] })),
    };
  };
  const as = (member: Member) => createRouterClient(router, { context: contextForTest(people, member) });
  const admin = await memberOf([clinic, "clinic_admin"]);
  const events = async () =>
    (
      await people.owner.query<{
        desk_event: string;
        detail: Record<string, unknown>;
        clinic_id: string | null;
        occurred_at: string;
        at: string;
        user_id: string;
        session_id: string;
      }>(
        "select desk_event, detail, clinic_id, occurred_at, at, user_id, session_id from audit_log where desk_event is not null order by id",
      )
    ).rows;
  return { ...people, clinic, second, memberOf, as, admin, events };
}
const event = (more: Partial<DeskEvent> = {}): DeskEvent => ({
  id: randomUUID(),
  action: "print",
  subject: "report",
  subjectId: null,
  clinicId: null,
  detail: { pages: 3 },
  occurredAt: new Date(Date.now() - 60_000).toISOString(),
  ...more,
});

test("an administrator finds the lines of the clinic and of its people, and none of another's", async () => {
  const { system, clinic, second, memberOf, as, admin, other } = await office();
  const agent = await memberOf([clinic, "call_center_agent"]);
  const stranger = await memberOf([other.clinics[0], "manager"]);
  const line = { action: "view", userId: agent.userId, organizationId: agent.organizationId } as const;
  await writeAudit(system, [
    { ...line, subject: "one", clinicId: clinic },
    { ...line, subject: "two", clinicId: second },
    { ...line, subject: "three", action: "signIn" },
    { ...line, subject: "four", userId: stranger.userId, organizationId: other.id },
    { ...line, subject: "five", clinicId: other.clinics[0], organizationId: other.id },
    { ...line, subject: "six", userId: null, action: "signInRefused" },
  ]);
  const { entries } = await as(admin).audit.search({ clinicId: clinic });
  expect(entries.map((e) => [e.subject, e.person])).toEqual([
    ["three", "Robin Marsh"],
    ["one", "Robin Marsh"],
  ]);
  const root = await memberOf([clinic, "superadmin"], [second, "superadmin"]);
  const all = await as(root).audit.search({ clinicId: clinic });
  expect(all.entries.map((e) => e.subject)).toEqual(["audit.search", "six", "three", "one"]);
});

test("filters narrow, a search takes its signs literally, and pages go on without gap or repetition", async () => {
  const { system, clinic, as, admin } = await office();
  await writeAudit(
    system,
    Array.from({ length: 25 }, (_, n) => ({
      action: n % 5 === 0 ? ("export" as const) : ("view" as const),
      subject: `calls.${n % 2 ? "one" : "list"}`,
      subjectId: `r_${n}%`,
      clinicId: clinic,
      userId: admin.userId,
      occurredAt: new Date(Date.UTC(2026, 0, 1 + n)).toISOString(),
      detail: { note: `a\\b ${n}` },
    })),
  );
  const client = as(admin);
  const found = async (filter: Partial<Parameters<typeof client.audit.search>[0]>) =>
    (await client.audit.search({ clinicId: clinic, until: "2026-03-01T00:00:00Z", ...filter })).entries.length;
  expect(await found({})).toBe(25);
  expect(await found({ action: "export" })).toBe(5);
  expect(await found({ search: "CALLS.ONE" })).toBe(12);
  expect(await found({ search: "r_1%" })).toBe(1);
  expect(await found({ search: "%" })).toBe(25);
  expect(await found({ search: "_" })).toBe(25);
  expect(await found({ search: "%_" })).toBe(0);
  expect(await found({ search: "\\" })).toBe(25);
  expect(await found({ from: "2026-01-03T00:00:00Z", until: "2026-01-05T00:00:00Z" })).toBe(2);
  expect(await found({ userId: randomUUID() })).toBe(0);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.audit.search({
      clinicId: clinic,
      until: "2026-03-01T00:00:00Z",
      limit: 7,
      ...(cursor ? { cursor } : {}),
    });
    seen.push(...page.entries.map((e) => e.subjectId ?? ""));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => `r_${24 - n}%`));
  await expect(client.audit.search({ clinicId: clinic, cursor: "1 or 1=1" })).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
});

test("an export is oldest first, and itself a line with how many it gave", async () => {
  const { system, clinic, as, admin, owner } = await office();
  await writeAudit(system, [
    { action: "view", subject: "first", clinicId: clinic },
    { action: "view", subject: "=second", clinicId: clinic },
  ]);
  const { csv, lines, cut } = await as(admin).audit.export({ clinicId: clinic, search: "s" });
  expect({ lines, cut }).toEqual({ lines: 2, cut: false });
  expect(csv.split("\r\n").map((row) => row.split(",")[8])).toEqual(["Subject", "first", `"'=second"`, undefined]);
  const { rows } = await owner.query("select action, clinic_id, detail from audit_log order by id desc limit 1");
  expect(rows).toEqual([{ action: "export", clinic_id: clinic, detail: { fields: ["clinicId", "search"], count: 2 } }]);
});

test("who is no administrator reads nothing of it", async () => {
  const { clinic, as, memberOf } = await office();
  const manager = as(await memberOf([clinic, "manager"]));
  await expect(manager.audit.search({ clinicId: clinic })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(manager.audit.export({ clinicId: clinic })).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("what a desk saw arrives once, under the person of its session, when it happened", async () => {
  const { clinic, as, memberOf, events, owner } = await office();
  const agent = await memberOf([clinic, "call_center_agent"]);
  const one = event({ clinicId: clinic, occurredAt: "2026-11-02T10:00:00.000Z" });
  const two = event();
  expect(await as(agent).audit.deliver({ events: [one, two] })).toEqual({ received: 2 });
  expect(await as(agent).audit.deliver({ events: [two, one, event()] })).toEqual({ received: 3 });
  const kept = await events();
  expect(kept).toHaveLength(3);
  expect(kept[0]).toMatchObject({
    desk_event: one.id,
    clinic_id: clinic,
    occurred_at: "2026-11-02T10:00:00.000Z",
    user_id: agent.userId,
    session_id: agent.sessionId,
    detail: { pages: 3 },
  });
  expect(await verifyChain(owner, [])).toMatchObject({ holds: true, lines: 3 });
});

test("a clinic that was taken away meanwhile keeps its line; one that never was the person's does not get it", async () => {
  const { clinic, second, as, memberOf, events, system, other } = await office();
  const agent = await memberOf([clinic, "call_center_agent"], [second, "viewer"]);
  await system.updateTable("user_clinic_roles").set({ active: false }).where("clinic_id", "=", second).execute();
  const now = { ...agent, roles: agent.roles.filter((r) => r.clinicId === clinic) };
  const foreign = other.clinics[0];
  await as(now).audit.deliver({ events: [event({ clinicId: second }), event({ clinicId: foreign })] });
  expect(await events()).toMatchObject([
    { clinic_id: second, detail: { pages: 3 } },
    { clinic_id: null, detail: { pages: 3, claimedClinic: foreign } },
  ]);
});

test("a desk's clock that is wrong is kept as it said, and marked", async () => {
  const { as, admin, events, clinic } = await office();
  const ahead = new Date(Date.now() + 3_600_000).toISOString();
  const soon = new Date(Date.now() + 30_000).toISOString();
  await as(admin).audit.deliver({
    events: [
      event({ occurredAt: ahead }),
      event({ occurredAt: soon }),
      event({ occurredAt: "0000-01-01T00:00:00Z" }),
      event({ occurredAt: "9999-12-31T23:59:59-15:00" }),
      event({ occurredAt: "2026-01-02T01:00:00+23:00" }),
    ],
  });
  const kept = await events();
  expect(kept.map((e) => e.detail.clock)).toEqual(["ahead", undefined, "behind", "ahead", undefined]);
  expect(kept[0]?.occurred_at).toBe(ahead);
  expect(kept[2]?.detail.said).toBe("0000-01-01T00:00:00Z");
  expect(kept[3]?.detail.said).toBe("9999-12-31T23:59:59-15:00");
  expect(kept[4]?.occurred_at).toBe("2026-01-01T02:00:00.000Z");
  // No desk's word keeps an administrator from reading the log: what it says must be a time that an answer can hold.
  expect((await as(admin).audit.search({ clinicId: clinic })).entries.length).toBeGreaterThanOrEqual(5);
});

test("one person's desks do not fill the log, and nobody else waits for it", async () => {
  const { as, admin, memberOf, clinic, system } = await office();
  const board = await memberOf([clinic, "board"]);
  const delivery = { events: Array.from({ length: 500 }, () => event()) };
  // Events that are there already count as well: telling them again costs as much.
  for (let n = 0; n < 40; n++) await as(board).audit.deliver(delivery);
  await expect(as(board).audit.deliver(delivery)).rejects.toMatchObject({
    code: "TOO_MANY_REQUESTS",
    data: { retryAfter: expect.any(Number) as number },
  });
  await as(admin).audit.deliver({ events: [event()] });
  const { count } = await system
    .selectFrom("audit_log")
    .where("desk_event", "is not", null)
    .select(({ fn }) => fn.countAll().as("count"))
    .executeTakeFirstOrThrow();
  expect(Number(count)).toBe(501);
});

test("a desk writes down what desks see, and not what only the server says", async () => {
  const { as, admin } = await office();
  const forged = { ...event(), action: "configure" } as unknown as DeskEvent;
  await expect(as(admin).audit.deliver({ events: [forged] })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});
