import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import { must } from "#shared/kit/must.ts";
import { openVault } from "../session/vault.ts";
import { deskForTest, live, refusal, serverForTest, soon } from "./test-desk.ts";

test("what was asked of the server before the desk was locked is not shown after", async () => {
  const server = await serverForTest();
  const desk = await deskForTest(server.url);
  await desk.signIn();
  await desk.until(live);
  const answers = server.holdAnswers();
  const asked = refusal(desk.client.calls.rawLines({ id: randomUUID() }));
  await expect.poll(answers.asked, soon).toBe(1);
  await desk.client.desk.lock();
  answers.release();
  expect(await asked).toEqual({
    code: "UNAUTHORIZED",
    message: "This desk is locked: unlock it with your password.",
  });
});

test("signed out before the server answered that the password was changed, the key stays the key it was", async () => {
  const server = await serverForTest();
  const desk = await deskForTest(server.url);
  await desk.signIn();
  await desk.until(live);
  const folder = join(desk.home, "replicas", must(server.people["ann"], "ann").id);
  const before = await openVault(folder, { password: "right" });
  expect(before).toHaveProperty("ok");
  const answers = server.holdAnswers();
  const changing = refusal(desk.client.session.changePassword({ current: "right", next: "harbour lamp seventeen" }));
  await expect.poll(answers.asked, soon).toBe(1);
  await desk.client.desk.signOut();
  answers.release();
  expect(await changing).toMatchObject({ code: "UNAUTHORIZED" });
  expect(await openVault(folder, { password: "right" })).toEqual(before);
  // The new one is the server's: the old one is asked for once, and is over with that.
  expect(await desk.signIn("ann", "harbour lamp seventeen")).toEqual({ step: "keyLost" });
  expect(await desk.client.desk.unlock({ password: "right" })).toMatchObject({ step: "open" });
  expect(await openVault(folder, { password: "harbour lamp seventeen" })).toEqual(before);
});
