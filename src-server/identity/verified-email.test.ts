import { expect, test } from "vitest";
import { parseProviders } from "./providers.ts";
import { verifiedEmail } from "./verified-email.ts";

const tenant = "8b0f2c1e-6a44-4a51-9d3e-0c4b7e1f2a3d";
const client = { clientId: "id", clientSecret: "secret", domains: ["otter.example"] };
const read = (...providers: object[]) => parseProviders(JSON.stringify({ providers }), "oidc.json");
const email = "robin@otter.example";

test("Google: a verified address and an account of the clinic's own Workspace", () => {
  const [google] = read({ id: "google", kind: "google", ...client });
  if (!google) throw new Error("none");
  expect(google.issuer).toBe("https://accounts.google.com");
  expect(verifiedEmail(google, { email, email_verified: true, hd: "otter.example" })).toEqual({ email });
  expect(verifiedEmail(google, { email, email_verified: true })).toHaveProperty("why");
  expect(verifiedEmail(google, { email, email_verified: true, hd: "heron.example" })).toHaveProperty("why");
  // A Kelvin sign, which is a k in lower case.
  const lookalike = "\u212Aim@otter.example";
  expect(lookalike.toLowerCase()).toBe("kim@otter.example");
  expect(verifiedEmail(google, { email: lookalike, email_verified: true, hd: "otter.example" })).toHaveProperty("why");
  expect(verifiedEmail(google, { email, email_verified: "true", hd: "otter.example" })).toHaveProperty("why");
});

test("Entra ID: one tenant, and an address whose domain that tenant has verified", () => {
  const [entra] = read({ id: "entra", kind: "entra", tenant: tenant.toUpperCase(), ...client });
  if (!entra) throw new Error("none");
  expect(entra.issuer).toBe(`https://login.microsoftonline.com/${tenant}/v2.0`);
  for (const xms_edov of [true, 1, "1", "true"])
    expect(verifiedEmail(entra, { email, tid: tenant, xms_edov })).toEqual({ email });
  for (const claims of [
    { email, tid: tenant },
    { email, tid: tenant, xms_edov: false },
    { email, tid: tenant, xms_edov: "0" },
    { email, tid: tenant, email_verified: true },
    { preferred_username: email, tid: tenant, xms_edov: true },
    { email, tid: "11111111-1111-4111-8111-111111111111", xms_edov: true },
    { email, xms_edov: true },
    { email: "robin@heron.example", tid: tenant, xms_edov: true },
  ])
    expect(verifiedEmail(entra, claims)).toHaveProperty("why");
});

test("a file that can't be used names what is wrong: no tenant of many, no provider without domains, no two of one id", () => {
  expect(() => read({ id: "entra", kind: "entra", tenant: "common", ...client })).toThrow("write the tenant's id");
  expect(() => read({ id: "google", kind: "google", ...client, domains: [] })).toThrow("domains");
  expect(() => read({ id: "a", kind: "google", ...client }, { id: "a", kind: "google", ...client })).toThrow(
    "an id of its own",
  );
  expect(() => parseProviders("{", "oidc.json")).toThrow("oidc.json is no JSON");
});
