import { shell } from "electron";

const loopback = new Set(["127.0.0.1", "[::1]", "localhost"]);

/**
 * Opens an identity provider's page in the system's browser. The address is what the clinic server answered to the desk; no page has a say
 * in it. Still only https (or http on this machine) is handed to the system, which would open any scheme with whatever program claims it.
 * @throws an Error that says why it wasn't opened; it never repeats the address, which carries the sign-in's state
 */
export async function openExternal(address: string): Promise<void> {
  const url = URL.parse(address);
  if (url === null) throw new Error("The address to sign in isn't one: ask an administrator to look at the provider.");
  const secure = url.protocol === "https:" || (url.protocol === "http:" && loopback.has(url.hostname));
  if (!secure) throw new Error("The address to sign in isn't an https address, so it was not opened.");
  if (url.username !== "" || url.password !== "") {
    throw new Error("The address to sign in has a name or password in it, so it was not opened.");
  }
  await shell.openExternal(url.href);
}
