import { assert, asyncProperty, jsonValue, string } from "fast-check";
import { expect, test } from "vitest";
import { readPageKey, sealDraft, unsealDraft } from "./sealed-draft.ts";

const keyText = () => btoa(String.fromCodePoint(...crypto.getRandomValues(new Uint8Array(32))));

test("what was sealed is read again by the same key, for the same person and name alone", async () => {
  const text = keyText();
  const [key, same, other] = [await readPageKey(text), await readPageKey(text), await readPageKey(keyText())];
  const property = asyncProperty(jsonValue(), string(), string(), async (value, person, name) => {
    // JSON knows no negative zero.
    const plain = JSON.parse(JSON.stringify(value)) as unknown;
    const row = await sealDraft(key, person, name, value);
    expect(await unsealDraft(same, row)).toEqual({ value: plain });
    expect(await unsealDraft(other, row)).toBeNull();
    expect(await unsealDraft(key, { ...row, person: `${person}x` })).toBeNull();
    expect(await unsealDraft(key, { ...row, name: `${name}x` })).toBeNull();
    // A letter doesn't wander from the one to the other.
    expect(await unsealDraft(key, { ...row, person: person + name, name: "" })).toEqual(
      name === "" ? { value: plain } : null,
    );
    const changed = Uint8Array.from(row.sealed, (byte, at) => (at === 0 ? byte ^ 1 : byte));
    expect(await unsealDraft(key, { ...row, sealed: changed })).toBeNull();
  });
  await assert(property, { numRuns: 60 });
});

test("the key can't be read, and no nonce comes twice", async () => {
  const key = await readPageKey(keyText());
  expect(key.extractable).toBe(false);
  await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow(/extractable/);
  const rows = await Promise.all(Array.from({ length: 50 }, () => sealDraft(key, "ada", "note", "the same")));
  expect(new Set(rows.map(({ iv }) => iv.join())).size).toBe(50);
});
