import { expect, test } from "vitest";
import { defaultTerms } from "#shared/contract/session.ts";
import type { Kept } from "../session/kept-session.ts";
import { leaseFrom, leaseLater } from "../session/lease.ts";
import { doorOf, leaseShown } from "./door-of.ts";

const start = Date.parse("2026-11-20T08:00:00Z");
const hours = (count: number) => leaseLater(leaseFrom(start), start + count * 3_600_000, 0);
const kept: Kept = {
  server: "http://127.0.0.1:1", refreshToken: "r", sessionId: "s", means: "password", terms: defaultTerms, lease: hours(0),
  person: { id: "i", email: "ann@north.example", displayName: "ann", kind: "person", roles: [], organization: { id: "o", slug: "n", name: "N" } },
  erasedAt: null, locked: null, touchedAt: 0, seenChange: null, pending: null, told: {}, held: {}, notices: [], receipts: [],
}; // prettier-ignore
const door = (change: Partial<Kept> | null, hindrance: Parameters<typeof doorOf>[0]["hindrance"] = null) =>
  doorOf({ kept: change && { ...kept, ...change }, hindrance, ended: null });
const locked = { why: "idle" as const, since: "2026-11-20T08:00:00Z" };

test("the first reason that holds closes the door: nobody, a lost key, the lease, the lock", () => {
  expect(door({})).toEqual({ kind: "open" });
  expect(door(null)).toEqual({ kind: "closed", ended: null });
  expect(door({ locked })).toEqual({ kind: "locked", ...locked, means: "password" });
  expect(door({ locked, lease: hours(72) })).toMatchObject({ kind: "leaseOver", erased: false });
  expect(door({ lease: hours(15 * 24), erasedAt: "2026-12-05T08:00:00Z" })).toMatchObject({
    kind: "leaseOver",
    erased: true,
  });
  expect(door({ locked }, { kind: "keyLost", why: "lost" })).toEqual({ kind: "keyLost", why: "lost" });
  expect(door(null, { kind: "passphrase", since: "x" })).toMatchObject({ kind: "locked", means: "passphrase" });
});

test("what is erased stays closed until the server was reached, whatever the lease says", () => {
  expect(door({ erasedAt: "2026-12-05T08:00:00Z" })).toMatchObject({ kind: "leaseOver", erased: true });
});

test("the lease's ends are shown again only when they moved by a minute", () => {
  const first = leaseShown(kept, null);
  expect(first).toEqual({ lockAt: "2026-11-23T08:00:00.000Z", eraseAt: "2026-12-04T08:00:00.000Z" });
  expect(leaseShown({ ...kept, lease: { ...kept.lease, spent: 59_000 } }, first)).toEqual(first);
  expect(leaseShown({ ...kept, lease: { ...kept.lease, spent: 61_000 } }, first)).not.toEqual(first);
});
