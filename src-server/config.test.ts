import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

test("defaults: port 8787 or the next free one, loopback, no demo", () => {
  const config = readConfig([], {});
  expect(config).toMatchObject({ port: null, host: "127.0.0.1", demoDays: null, databaseUrl: undefined });
});

test("--demo 0 is a demo without calls, not no demo", () => {
  expect(readConfig(["--demo", "0"], {}).demoDays).toBe(0);
});

test("a bad option is named with what it takes", () => {
  expect(() => readConfig(["--port", "http"], {})).toThrow('--port takes a whole number from 0 to 65535, not "http".');
  expect(() => readConfig(["--demo", "-1"], {})).toThrow("--demo");
  expect(() => readConfig(["--demo=-1"], {})).toThrow("--demo takes a whole number");
  expect(() => readConfig(["--prot", "1"], {})).toThrow("--prot");
  expect(() => readConfig(["--public-url", "careboard"], {})).toThrow("--public-url takes an address like https://");
  expect(() => readConfig(["--public-url", "https://c.example/desk"], {})).toThrow("--public-url");
});

test("a proxy is trusted only when it is said; the public address has no slash at its end", () => {
  expect(readConfig([], {})).toMatchObject({ trustProxy: false, publicUrl: undefined });
  expect(readConfig(["--trust-proxy", "--public-url", "https://c.example/"], {})).toMatchObject({
    trustProxy: true,
    publicUrl: "https://c.example",
  });
});
