import { expect, test } from "vitest";
import { weakPassword } from "./weak-password.ts";

const known = ["robin@otter.example", "Robin Marsh", "Otter Health", "Riverside clinic", "careboard"];

test.each([
  ["eleven char", "at least 12 characters"],
  ["Password1234", "lists of leaked passwords"],
  ["P@ssw0rd2026", "lists of leaked passwords"],
  ["qwerty123456", "lists of leaked passwords"],
  ["iloveyou1234", "lists of leaked passwords"],
  ["letmein letmein", "lists of leaked passwords"],
  ["robinmarsh2026", "your name, your address or your clinic"],
  ["Riverside clinic 1", "your name, your address or your clinic"],
  ["Careboard2026!", "your name, your address or your clinic"],
  ["abcdefghijklmnop", "easy to guess"],
  ["555555555555", "easy to guess"],
])("%s is refused: %s", async (password, sentence) => {
  expect(await weakPassword(password, known)).toContain(sentence);
});

test.each([
  "brisk velvet tundra spoons",
  "kH3x9-vQp2-LLm",
  "äußerst müde Frösche quaken",
  "🦦🌲 lantern quilt 🍞 rowing",
])("%s may be chosen", async (password) => {
  expect(await weakPassword(password, known)).toBeNull();
});

test("a very long password is judged by its beginning, at once", async () => {
  expect(await weakPassword("ab1".repeat(340), known)).toContain("easy to guess");
});
