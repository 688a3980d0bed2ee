import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { forgetPerson, knownPerson, rememberPerson } from "./known-people.ts";

const [one, two] = ["0b4e3c1e-6f0d-4b53-9a3e-4f2a5f1d7c10", "7d9a2f44-1c55-4d6e-8f0b-2a9c3e5b6d21"];
let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "careboard-people-"));
});
afterEach(() => rm(home, { recursive: true }));

test("a person is found by their address, however it is written, and the address is not in the file", async () => {
  expect(await knownPerson(home, "zoe@clinic.example")).toBeNull();
  await rememberPerson(home, "Zoe@Clinic.example", one);
  expect(await knownPerson(home, " zoe@clinic.EXAMPLE ")).toBe(one);
  expect(await knownPerson(home, "zoe@clinic.example.org")).toBeNull();
  expect((await readFile(join(home, "people.json"), "utf8")).toLowerCase()).not.toMatch(/zoe@|@clinic|clinic\.example/);
});

test("a new address takes the old one's place; who is forgotten is gone; others stay", async () => {
  await Promise.all([rememberPerson(home, "one@clinic.example", one), rememberPerson(home, "two@clinic.example", two)]);
  await rememberPerson(home, "married@clinic.example", one);
  expect(await knownPerson(home, "one@clinic.example")).toBeNull();
  expect(await knownPerson(home, "married@clinic.example")).toBe(one);
  await forgetPerson(home, one);
  expect(await knownPerson(home, "married@clinic.example")).toBeNull();
  expect(await knownPerson(home, "two@clinic.example")).toBe(two);
});

test("two computers know the same person by different digests; a file that can't be read knows nobody", async () => {
  await rememberPerson(join(home, "a"), "one@clinic.example", one);
  await rememberPerson(join(home, "b"), "one@clinic.example", one);
  const people = async (name: string) =>
    (JSON.parse(await readFile(join(home, name, "people.json"), "utf8")) as { people: object }).people;
  expect(Object.keys(await people("a"))).not.toEqual(Object.keys(await people("b")));
  await writeFile(join(home, "a/people.json"), "[]");
  expect(await knownPerson(join(home, "a"), "one@clinic.example")).toBeNull();
});
