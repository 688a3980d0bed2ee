/** A draft as it lies in the browser's profile. `name` is the draft's key: kinds of things and their ids. */
export type SealedDraft = {
  person: string;
  name: string;
  iv: Uint8Array<ArrayBuffer>;
  sealed: Uint8Array<ArrayBuffer>;
};

/** Raised when a form writes its draft in another shape: what an older version kept is then thrown away instead of misread. */
const shape = 1;
const bytesOf = (text: string) => new TextEncoder().encode(text);
/** Bound to its person and its name: a row that is copied to another place can't be opened there. */
const boundTo = (person: string, name: string) => bytesOf(JSON.stringify([shape, person, name]));

/** @param text what `desk.pageKey` answers. The key that comes of it can be used, and read by nobody, this window included. */
export async function readPageKey(text: string): Promise<CryptoKey> {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.codePointAt(0) ?? 0);
  const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  bytes.fill(0);
  return key;
}

/** AES-256-GCM, with a random nonce each time. @param value anything that JSON holds */
export async function sealDraft(key: CryptoKey, person: string, name: string, value: unknown): Promise<SealedDraft> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: boundTo(person, name) };
  const sealed = await crypto.subtle.encrypt(how, key, bytesOf(JSON.stringify(value)));
  return { person, name, iv, sealed: new Uint8Array(sealed) };
}

/** Null for what was not sealed by this key for this person and name, or was changed since. */
export async function unsealDraft(
  key: CryptoKey,
  { person, name, iv, sealed }: SealedDraft,
): Promise<{ value: unknown } | null> {
  try {
    const how = { name: "AES-GCM", iv, additionalData: boundTo(person, name) };
    return { value: JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, sealed))) as unknown };
  } catch {
    return null;
  }
}
