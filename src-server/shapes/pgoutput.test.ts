import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readMessage, type Tuple } from "./pgoutput.ts";

const bytes = (...parts: (string | number[] | Buffer)[]) =>
  Buffer.concat(parts.map((p) => (typeof p === "string" ? Buffer.from(p) : Buffer.from(p))));
const long = (n: bigint) => {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64BE(n);
  return buffer;
};
const int = (n: number) => {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(n | 0);
  return buffer;
};
const short = (n: number) => int(n).subarray(2);

/** A row as PostgreSQL writes it. */
const tuple = (values: Tuple) =>
  bytes(
    short(values.length),
    ...values.map((v) => {
      if (v === null) return "n";
      return v === undefined ? "u" : bytes("t", int(Buffer.byteLength(v)), v);
    }),
  );

test("the frame of a transaction", () => {
  expect(readMessage(bytes("B", long(0x16b3748n), long(5n), int(0xfffffffe)))).toEqual({
    tag: "begin",
    commit: 0x16b3748n,
    xid: 0xfffffffe,
  });
  expect(readMessage(bytes("C", [0], long(7n), long(9n), long(1n)))).toEqual({ tag: "commit", commit: 7n, end: 9n });
});

test("a relation with its columns; a modifier is signed, a type's number is not", () => {
  const message = readMessage(
    bytes("R", int(16385), "public\0calls\0", "f", short(2), [1], "id\0", int(2950), int(-1), [0], "naïve\0", int(0x80000001), int(13)), // prettier-ignore
  );
  expect(message).toEqual({
    tag: "relation",
    relation: {
      id: 16385,
      schema: "public",
      table: "calls",
      identity: "f",
      columns: [
        { name: "id", type: 2950, modifier: -1, key: true },
        { name: "naïve", type: 0x80000001, modifier: 13, key: false },
      ],
    },
  });
});

test("truncate names its tables, and what isn't known is passed over", () => {
  expect(readMessage(bytes("T", int(2), [1], int(5), int(6)))).toEqual({ tag: "truncate", relations: [5, 6] });
  expect(readMessage(bytes("O", long(1n), "origin\0"))).toEqual({ tag: "other" });
});

const row = fc.array(fc.option(fc.option(fc.string({ unit: "binary" }), { nil: undefined }), { nil: null }), { maxLength: 9 }); // prettier-ignore

test("every row comes back as it was written, with its old row or without", () => {
  fc.assert(
    fc.property(row, row, fc.constantFrom("K", "O"), (now, before, kind) => {
      expect(readMessage(bytes("I", int(3), "N", tuple(now)))).toEqual({ tag: "insert", relation: 3, row: now });
      expect(readMessage(bytes("U", int(3), "N", tuple(now)))).toEqual({
        tag: "update",
        relation: 3,
        old: null,
        keyOnly: false,
        row: now,
      });
      const whole = bytes("U", int(3), kind, tuple(before), "N", tuple(now));
      expect(readMessage(whole)).toEqual({ tag: "update", relation: 3, old: before, keyOnly: kind === "K", row: now });
      expect(readMessage(bytes("D", int(3), kind, tuple(before)))).toEqual({
        tag: "delete",
        relation: 3,
        old: before,
        keyOnly: kind === "K",
      });
      for (const message of [whole, bytes("I", int(3), "N", tuple(now)), bytes("D", int(3), kind, tuple(before))])
        expect(readMessage(message, (id) => id !== 3)).toEqual({ tag: "passed" });
    }),
  );
});

test("a message that ends too early is refused, wherever it was cut", () => {
  const whole = bytes("U", int(3), "O", tuple(["a", null, "long"]), "N", tuple(["b", undefined, "c"]));
  for (let length = 1; length < whole.length; length++)
    expect(() => readMessage(whole.subarray(0, length))).toThrow(RangeError);
});
