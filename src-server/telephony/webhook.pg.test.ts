import { expect, onTestFinished, test } from "vitest";
import { serve } from "../serve.ts";
import { clinicForTest } from "./fixture/clinic.ts";
import { fieldNames } from "./reader/field-name.ts";
import { recordsOf, shapes } from "./reader/fixture/shapes.ts";
import { signatureOf } from "./signature.ts";
import { largestBody, webhook } from "./webhook.ts";

const at = Date.UTC(2024, 3, 30, 6);
const single = shapes.filter((shape) => shape.records.length === 1);
const lines = single.flatMap((shape, i) => recordsOf(shape, i, at + i * 60_000));
const first = lines[0] ?? "";

async function door() {
  const clinic = await clinicForTest();
  const logged: unknown[] = [];
  const log = {
    info: (...given: unknown[]) => void logged.push(given),
    error: (...given: unknown[]) => void logged.push(given),
  };
  const app = webhook({ database: clinic, log });
  const post = async (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string | null> = {}) => {
    const all = {
      "content-type": "text/plain",
      "x-careboard-source": "pbx",
      "x-careboard-signature": signatureOf("open sesame", Buffer.from(body)),
      ...headers,
    };
    const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
    const response = await app.request("/api/3cx/cdr-webhook", { method: "POST", headers: given, body });
    return { status: response.status, body: await response.json() };
  };
  const json = (value: unknown) => post(JSON.stringify(value), { "content-type": "application/json; charset=utf-8" });
  return { ...clinic, app, post, json, logged };
}
const taken = (received: number, stored: number, duplicates = 0, rejected = 0) => ({
  status: 200,
  body: { success: true, data: { received, stored, duplicates, rejected } },
});
const refused = (status: number, code: string, message: string) => ({
  status,
  body: { success: false, error: { code, message: expect.stringContaining(message) as string } },
});

test("raw lines, with either line end, blank ones between, in bytes that are not UTF-8", async () => {
  const { post, calls } = await door();
  const text = `${lines.join("\r\n")}\r\n\r\n  \n`;
  expect(await post(text)).toEqual(taken(lines.length, lines.length));
  expect(await post(lines.join("\n"), { "content-type": "text/plain; charset=iso-8859-1" })).toEqual(
    taken(lines.length, 0, lines.length),
  );
  expect((await calls()).length).toBe(lines.length);
  const named = Buffer.from(
    first.replace("Front Desk 3", "Müller").replace("5121", "1").replace(/_0/, "_99"),
    "latin1",
  );
  expect(await post(new Uint8Array(named))).toEqual(taken(1, 1));
  expect((await calls()).some((call) => call.caller_name === "Müller")).toBe(true);
  expect(await post("")).toEqual(taken(0, 0));
  expect(await post("nonsense")).toEqual(taken(1, 0, 0, 1));
});

test("JSON: an object, an array, {records}, names of three kinds, and strings that are raw lines", async () => {
  const { json, calls } = await door();
  const object = (line: string, rename: (name: string) => string) => {
    const values = line.replace("Call ", "").split(",");
    return Object.fromEntries(fieldNames.map((name, i) => [rename(name), values[i] ?? ""]));
  };
  const camel = (name: string) => name.replaceAll(/-(.)/g, (_, c: string) => c.toUpperCase());
  const [a, b, c, d, e, f] = lines as [string, string, string, string, string, string];
  expect(await json(object(a, (name) => name))).toEqual(taken(1, 1));
  expect(await json([object(b, camel), object(c, (name) => name.replaceAll("-", "_"))])).toEqual(taken(2, 2));
  expect(await json({ records: [object(a, (name) => name), d, { nothing: "known" }, 5] })).toEqual(taken(4, 1, 1, 2));
  expect(await json([`${e}\r\n${f}\r\n`, ""])).toEqual(taken(2, 2));
  expect(await json(f)).toEqual(taken(1, 0, 1));
  expect(await json([])).toEqual(taken(0, 0));
  expect((await calls()).length).toBe(6);
});

test("a body that is no JSON as a whole is refused, and says what to send", async () => {
  const { post, json, systemPool } = await door();
  const type = { "content-type": "application/json" };
  expect(await post("{", type)).toEqual(refused(400, "BAD_REQUEST", "not valid JSON"));
  expect(await json({ records: 5 })).toEqual(refused(400, "BAD_REQUEST", "records must be an array"));
  expect((await systemPool.query("select 1 from raw_records")).rowCount).toBe(0);
  expect(await post("", type)).toEqual(taken(0, 0));
});

test("a missing or wrong signature, secret or source is one and the same refusal", async () => {
  const { post, systemPool } = await door();
  const no = refused(401, "UNAUTHORIZED", "signature is missing or wrong");
  expect(await post(first, { "x-careboard-signature": null })).toEqual(no);
  expect(await post(first, { "x-careboard-signature": "sha256=" })).toEqual(no);
  expect(await post(first, { "x-careboard-signature": signatureOf("another", Buffer.from(first)) })).toEqual(no);
  expect(await post(first, { "x-careboard-signature": signatureOf("open sesame", Buffer.from(`${first}x`)) })).toEqual(
    no,
  );
  expect(
    await post(first, { "x-careboard-signature": signatureOf("open sesame", Buffer.from(first)).slice(7) }),
  ).toEqual(no);
  expect(await post(first, { "x-careboard-source": "nobody" })).toEqual(no);
  expect(await post(first, { "x-careboard-source": null })).toEqual(no);
  expect((await systemPool.query("select 1 from raw_records")).rowCount).toBe(0);
  const upper = signatureOf("open sesame", Buffer.from(first)).toUpperCase().replace("SHA256", "sha256");
  expect(await post(first, { "x-careboard-signature": upper })).toEqual(taken(1, 1));
});

test("a body over 5 MB is refused, announced or not; one of 5 MB is read", async () => {
  const { post } = await door();
  const full = `${first}\n`.padEnd(largestBody, "\n");
  expect(await post(full)).toEqual(taken(1, 1));
  expect(await post(`${full}\n`)).toEqual(refused(413, "PAYLOAD_TOO_LARGE", "5 MB"));
  expect(await post("x", { "content-length": String(largestBody + 1) })).toEqual(
    refused(413, "PAYLOAD_TOO_LARGE", "5 MB"),
  );
});

test("a sender of too much over a real connection is told so", async () => {
  const { app } = await door();
  const server = await serve((request) => app.fetch(request), { host: "127.0.0.1", port: 0 });
  onTestFinished(server.close);
  const url = `${server.url}/api/3cx/cdr-webhook`;
  const body = new Uint8Array(3 * largestBody);
  const announced = await fetch(url, { method: "POST", body });
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new Uint8Array(500_000));
    },
  });
  expect([announced.status, await announced.json()]).toEqual([413, refused(413, "PAYLOAD_TOO_LARGE", "5 MB").body]);
  const endless = await fetch(url, { method: "POST", body: stream, duplex: "half" });
  expect(endless.status).toBe(413);
});

test("another content type is refused", async () => {
  const { post } = await door();
  for (const type of [null, "application/x-www-form-urlencoded", "text/html"])
    expect(await post(new Uint8Array(Buffer.from(first)), { "content-type": type })).toEqual(
      refused(415, "UNSUPPORTED_MEDIA_TYPE", "text/plain"),
    );
});

test("the log says how many, never what", async () => {
  const { post, json, logged } = await door();
  await post(lines.join("\n"));
  await json([{ callid: "x", "from-no": "2025550143" }]);
  expect(JSON.stringify(logged)).toContain(`"received":${lines.length}`);
  expect(JSON.stringify(logged)).not.toContain("2025550143");
});
