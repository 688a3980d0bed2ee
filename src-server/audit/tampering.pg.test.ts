import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { databaseForTest } from "../database/test-database.ts";
import { anchorFile, keepAnchors, readAnchors } from "./keep-anchors.ts";
import { verifyChain } from "./verify-chain.ts";
import { writeAudit } from "./write-audit.ts";

const log = pino({ level: "silent" });
const line = (n: number) => ({ action: "view", subject: "calls.one", subjectId: `r${n}`, detail: { n } }) as const;

/** Twenty lines, anchored at the 8th and the 20th, and an owner who has silenced the triggers. */
async function forged() {
  const { system, owner } = await databaseForTest();
  const folder = await mkdtemp(join(tmpdir(), "careboard-anchors-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeAudit(
    system,
    Array.from({ length: 8 }, (_, n) => line(n + 1)),
  );
  const anchors = await keepAnchors({ system, folder, log });
  await writeAudit(
    system,
    Array.from({ length: 12 }, (_, n) => line(n + 9)),
  );
  await anchors.stop();
  await owner.query("alter table audit_log disable trigger user");
  const verdict = async (batch?: number) => verifyChain(owner, await readAnchors(folder), batch);
  return { system, owner, folder, verdict };
}
/** The whole chain computed anew over what stands in the table: what a forger with all rights would do. */
const rechain = `
  with recursive chain as (
    select 0::bigint as id, decode(repeat('00', 32), 'hex') as previous, decode(repeat('00', 32), 'hex') as hash
    union all
    select l.id, chain.hash, sha256(chain.hash || convert_to(
      audit_piece(l.id::text) || audit_piece(audit_instant(l.at)) || audit_piece(audit_instant(l.occurred_at))
      || audit_piece(l.organization_id::text) || audit_piece(l.clinic_id::text) || audit_piece(l.user_id::text)
      || audit_piece(l.session_id::text) || audit_piece(l.device_id::text) || audit_piece(l.request_id) || audit_piece(l.action)
      || audit_piece(l.subject) || audit_piece(l.subject_id) || audit_piece(l.detail::text) || audit_piece(l.desk_event::text), 'UTF8'))
    from chain join audit_log l on l.id = chain.id + 1
  )
  update audit_log set previous = chain.previous, hash = chain.hash from chain where chain.id = audit_log.id`;

test("an untouched log holds, in whatever batches it is walked", async () => {
  const { verdict, folder } = await forged();
  expect((await readAnchors(folder)).map((a) => a.id)).toEqual([8, 20]);
  for (const batch of [1, 3, 20, 21]) expect(await verdict(batch)).toMatchObject({ holds: true, lines: 20 });
});

test.each([
  ["at", "at + interval '1 microsecond'"],
  ["occurred_at", "occurred_at - interval '1 microsecond'"],
  ["organization_id", "gen_random_uuid()"],
  ["clinic_id", "gen_random_uuid()"],
  ["user_id", "gen_random_uuid()"],
  ["session_id", "gen_random_uuid()"],
  ["device_id", "gen_random_uuid()"],
  ["request_id", "''"],
  ["action", "'export'"],
  ["subject", "'calls.list'"],
  ["subject_id", "subject_id || ' '"],
  ["detail", `'{"n": 5.0}'`],
  ["desk_event", "gen_random_uuid()"],
  ["hash", "sha256(hash)"],
])("a changed %s is noticed at its line", async (column, value) => {
  const { owner, verdict } = await forged();
  await owner.query(`update audit_log set ${column} = ${value} where id = 5`);
  expect(await verdict(3)).toMatchObject({ holds: false, line: 5, wrong: "changed" });
});

test("a text that moved from one column to the next is noticed", async () => {
  const { owner, verdict } = await forged();
  await owner.query("update audit_log set subject = 'calls.oner', subject_id = '5' where id = 5");
  expect(await verdict()).toMatchObject({ holds: false, line: 5, wrong: "changed" });
});

test("removed lines are noticed: at the beginning, in the middle, and at the end by the anchor", async () => {
  const { owner, verdict } = await forged();
  await owner.query("delete from audit_log where id > 18");
  expect(await verdict()).toMatchObject({ holds: false, line: 19, wrong: "cutOff" });
  await owner.query("delete from audit_log where id in (11, 12)");
  expect(await verdict()).toEqual({
    holds: false,
    line: 11,
    wrong: "removed",
    sentence: "Lines 11 to 12 are missing: they were removed.",
  });
  await owner.query("delete from audit_log where id = 1");
  expect(await verdict()).toMatchObject({ holds: false, line: 1, wrong: "removed" });
  await owner.query("delete from audit_log");
  expect(await verdict()).toMatchObject({ holds: false, line: 1, wrong: "cutOff" });
});

test("a line that was removed with the later ones moved up is noticed", async () => {
  const { owner, verdict } = await forged();
  await owner.query("delete from audit_log where id = 6");
  for (let id = 7; id <= 20; id++) await owner.query("update audit_log set id = id - 1 where id = $1", [id]);
  expect(await verdict()).toMatchObject({ holds: false, line: 6, wrong: "unlinked" });
});

test("two lines that were exchanged are noticed", async () => {
  const { owner, verdict } = await forged();
  await owner.query(`
    update audit_log set id = -5 where id = 5; update audit_log set id = 5 where id = 6; update audit_log set id = 6 where id = -5`);
  expect(await verdict()).toMatchObject({ holds: false, line: 5, wrong: "unlinked" });
});

test("a line that was put in is noticed, in the middle and at the end", async () => {
  const { owner, verdict } = await forged();
  await owner.query(`
    insert into audit_log (id, at, occurred_at, action, subject, previous, hash)
    select 21, now(), now(), 'view', 'calls.one', hash, sha256(hash) from audit_log where id = 20`);
  expect(await verdict()).toMatchObject({ holds: false, line: 21, wrong: "changed" });
  await owner.query("delete from audit_log where id = 21");
  for (let id = 20; id > 9; id--) await owner.query("update audit_log set id = id + 1 where id = $1", [id]);
  await owner.query(`
    insert into audit_log (id, at, occurred_at, action, subject, previous, hash)
    select 10, now(), now(), 'view', 'calls.one', hash, sha256(hash) from audit_log where id = 9`);
  expect(await verdict()).toMatchObject({ holds: false, line: 10, wrong: "changed" });
});

test("a chain that was computed anew as a whole holds in itself, and breaks at the first anchor after the change", async () => {
  const { owner, verdict } = await forged();
  await owner.query(rechain);
  expect(await verdict()).toMatchObject({ holds: true });
  await owner.query("update audit_log set subject = 'calls.list' where id = 10");
  await owner.query(rechain);
  expect(await verifyChain(owner, [])).toMatchObject({ holds: true, lines: 20 });
  expect(await verdict()).toMatchObject({ holds: false, line: 20, wrong: "anchor" });
});

test("a changed anchor is noticed, and one that a crash cut short was never kept", async () => {
  const { folder, system, verdict } = await forged();
  const path = anchorFile(folder);
  const text = await readFile(path, "utf8");
  await writeFile(path, `${text}{"id":2`);
  expect(await verdict()).toMatchObject({ holds: true });
  await (await keepAnchors({ system, folder, log })).stop();
  expect(await readFile(path, "utf8")).toBe(text);
  await writeFile(path, text.replace(/"hash":"./, `"hash":"${text.includes('"hash":"0') ? "1" : "0"}`));
  expect(await verdict()).toMatchObject({ holds: false, line: 8, wrong: "anchor" });
  await writeFile(path, text.replace('"id":8', '"id":80'));
  expect(await verdict()).toMatchObject({ holds: false, wrong: "cutOff" });
  await writeFile(path, `x${text}`);
  await expect(readAnchors(folder)).rejects.toThrow("Line 1 of the anchors was changed");
});

test("a running server notices at its next anchor that the log is not the one it anchored", async () => {
  const { folder, system, owner } = await forged();
  await owner.query("delete from audit_log where id = 20");
  const anchors = await keepAnchors({ system, folder, log });
  expect(anchors.state()).toEqual({ anchored: 19, holds: false });
  await anchors.stop();
});

test("there is an anchor at the start, after every so many lines, and at the end", async () => {
  const { system, systemPool } = await databaseForTest();
  const folder = await mkdtemp(join(tmpdir(), "careboard-anchors-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const anchors = await keepAnchors({ system, folder, log, every: 10 });
  const write = async (count: number) => {
    anchors.written(
      await writeAudit(
        system,
        Array.from({ length: count }, (_, n) => line(n)),
      ),
    );
  };
  expect(anchors.state()).toEqual({ anchored: 0, holds: true });
  await write(9);
  await write(2);
  await expect.poll(() => anchors.state().anchored).toBe(11);
  await write(1);
  await anchors.stop();
  expect((await readAnchors(folder)).map((a) => a.id)).toEqual([0, 11, 12]);
  expect(await verifyChain(systemPool, await readAnchors(folder))).toMatchObject({ holds: true });
});
