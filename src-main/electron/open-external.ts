import { shell } from "electron";

const loopback = new Set(["127.0.0.1", "[::1]", "localhost"]);

/**
 * Opens an address in the system's browser, for signing in at an identity provider. Only an https address (or http on this machine) whose
 * origin is among `origins` is handed to the system: it would open any scheme with whatever program claims it.
 * @throws an Error that says why it wasn't opened; it never repeats the address, which may carry a code
 */
export async function openExternal(address: string, origins: readonly string[]): Promise<void> {
  const url = URL.parse(address);
  if (url === null) throw new Error("The address to sign in isn't one: ask an administrator to look at the provider.");
  const secure = url.protocol === "https:" || (url.protocol === "http:" && loopback.has(url.hostname));
  if (!secure) throw new Error("The address to sign in isn't an https address, so it was not opened.");
  if (url.username !== "" || url.password !== "") {
    throw new Error("The address to sign in has a name or password in it, so it was not opened.");
  }
  if (!origins.includes(url.origin)) {
    throw new Error(`${url.origin} is not among the clinic's sign-in addresses, so it was not opened.`);
  }
  await shell.openExternal(url.href);
}
