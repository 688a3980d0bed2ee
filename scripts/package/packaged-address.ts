const loopback = new Set(["127.0.0.1", "[::1]", "localhost"]);

/**
 * The clinic server an application is packaged for. Passwords and patients' rows go there, so it is https, or a server on the same machine.
 * @throws an Error that names the option
 */
export function packagedAddress(text: string | undefined): string | null {
  if (text === undefined) return null;
  const url = URL.parse(text);
  const secure = url?.protocol === "https:" || (url?.protocol === "http:" && loopback.has(url.hostname));
  if (url === null || !secure) throw new Error(`--server takes an https address, not "${text}".`);
  if (url.username || url.password) throw new Error("--server takes an address without a name and password in it.");
  return url.origin;
}
