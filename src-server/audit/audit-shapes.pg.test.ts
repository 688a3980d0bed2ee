import { expect, test } from "vitest";
import { testCalls, testClinic, testMember } from "../shapes/test-clinic.ts";
import { engineForTest, rowsOf } from "../shapes/test-engine.ts";

const office = async () => {
  const engine = await engineForTest({ longPoll: 50 });
  const clinic = await testClinic(engine.pool, "north");
  await testCalls(engine.pool, clinic, 1, 5);
  const lines = async () =>
    (
      await engine.pool.query<{
        action: string;
        subject: string;
        session_id: string | null;
        clinic_id: string | null;
        detail: unknown;
      }>("select action, subject, session_id, clinic_id, detail from audit_log order by id")
    ).rows;
  return { engine, clinic, lines };
};
const start = (table: string) => ({ table, offset: "-1" });

test("a session's following of a shape is one view, however often it polls, and each session's its own", async () => {
  const { engine, clinic, lines } = await office();
  const [who, other] = [testMember(clinic), testMember(clinic)];
  await rowsOf(engine.stream(who, "calls"), (held) => held.length === 5);
  await rowsOf(engine.stream(other, "calls"), (held) => held.length === 5);
  await rowsOf(engine.stream(who, "clinics"), (held) => held.length === 1);
  await testCalls(engine.pool, clinic, 6, 6);
  const polls = engine.requests.length;
  await expect.poll(() => engine.requests.length).toBeGreaterThan(polls + 4);
  const view = { action: "view", clinic_id: clinic.clinic, detail: {} };
  expect(await lines()).toEqual([
    { ...view, subject: "shape.calls", session_id: who.sessionId },
    { ...view, subject: "shape.calls", session_id: other.sessionId },
    { ...view, subject: "shape.clinics", session_id: who.sessionId },
  ]);
});

test("a session that goes on from where an earlier one stopped is a view of its own", async () => {
  const { engine, clinic, lines } = await office();
  const who = testMember(clinic);
  const first = await engine.get(who, start("calls"));
  await first.text();
  const later = { ...who, sessionId: crypto.randomUUID() };
  const on = await engine.get(later, {
    table: "calls",
    offset: first.headers.get("electric-offset") ?? "",
    handle: first.headers.get("electric-handle") ?? "",
  });
  expect(on.status).toBe(200);
  expect((await lines()).map((l) => l.session_id)).toEqual([who.sessionId, later.sessionId]);
});

test("a forged table and a session that was ended leave a refusal, once a minute", async () => {
  const { engine, clinic, lines } = await office();
  const who = testMember(clinic);
  for (const table of ["users", "users", "user_credentials; drop table calls"])
    expect((await engine.get(who, start(table))).status).toBe(400);
  const gone = testMember(clinic);
  await (await engine.get(gone, start("queues"))).text();
  engine.sessions.set(gone.sessionId, { reason: "sessionEnded" });
  for (let n = 0; n < 3; n++) expect((await engine.get(gone, start("calls"))).status).toBe(401);
  expect((await lines()).map((l) => [l.action, l.subject, l.detail])).toEqual([
    ["refused", "shape", { code: "FORBIDDEN" }],
    ["view", "shape.queues", {}],
    ["refused", "shape.calls", { code: "UNAUTHORIZED", reason: "sessionEnded" }],
  ]);
});

test("rows are not answered without their line", async () => {
  const { engine, clinic, lines } = await office();
  const who = testMember(clinic);
  await engine.pool.query("revoke insert on audit_log from careboard_server");
  for (let n = 0; n < 2; n++) {
    const answer = await engine.get(who, start("calls"));
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain("Caller");
  }
  await engine.pool.query("grant insert on audit_log to careboard_server");
  expect((await engine.get(who, start("calls"))).status).toBe(200);
  expect(await lines()).toHaveLength(1);
});
