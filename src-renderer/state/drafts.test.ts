import { expect, test } from "vitest";
import type { DeskStatus, Door } from "#shared/contract/desk-contract.ts";
import { statusWith } from "../client/test-desk.ts";
import { draftsAt } from "./drafts.ts";

const person = { id: "ada" } as DeskStatus["person"];
const link = { kind: "open", opened: 2 } as const;
const erased = (is: boolean): Door => ({ kind: "leaseOver", lastContactAt: "", eraseAt: "", erased: is });

test("drafts are open behind an open door alone, and end with a closed one or an erased copy", () => {
  const at = (door: Door) => draftsAt({ status: statusWith({ door, person }), link })?.door;
  expect(at({ kind: "open" })).toBe("open");
  expect(at({ kind: "locked", why: "idle", since: "", means: "password" })).toBe("shut");
  expect(at({ kind: "keyLost", why: "lost" })).toBe("shut");
  expect(at({ kind: "needsPassphrase" })).toBe("shut");
  expect(at(erased(false))).toBe("shut");
  expect(at(erased(true))).toBe("over");
  expect(at({ kind: "closed", ended: null })).toBe("over");
  expect(draftsAt({ status: null, link })).toBeNull();
  expect(draftsAt({ status: statusWith({ person }), link: { kind: "lost", retryAt: 0 } })).toEqual({
    personId: "ada",
    door: "open",
    link: null,
  });
});
