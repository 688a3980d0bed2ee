import { expect, test } from "vitest";
import { deskForTest, refusal, serverForTest } from "./test-desk.ts";

test("a window gets its person's key behind an open door alone: the same after a restart, and nobody else's", async () => {
  const server = await serverForTest();
  const desk = await deskForTest(server.url);
  const { pageKey } = desk.client.desk;
  expect(await refusal(pageKey())).toMatchObject({ code: "UNAUTHORIZED" });
  await desk.signIn();
  const anns = await pageKey();
  expect(Buffer.from(anns, "base64")).toHaveLength(32);
  await desk.client.desk.lock();
  expect(await refusal(pageKey())).toEqual({
    code: "UNAUTHORIZED",
    message: "This desk is locked: unlock it with your password.",
  });
  await desk.client.desk.unlock({ password: "right" });
  expect(await pageKey()).toBe(anns);
  await desk.close();

  const again = await deskForTest(server.url, { home: desk.home });
  expect(await refusal(again.client.desk.pageKey())).toMatchObject({ code: "UNAUTHORIZED" });
  await again.signIn("bob");
  expect(await again.client.desk.pageKey()).not.toBe(anns);
  await again.client.desk.signOut();
  await again.signIn();
  expect(await again.client.desk.pageKey()).toBe(anns);
});
