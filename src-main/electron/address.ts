/** Where the built page lives in Electron. A scheme of its own, so that no page needs `file:` and its rights. */
export const scheme = "app";
export const origin = "app://careboard";

/** Is this address a page of ours? Compared as a parsed address, since `app://careboard.evil` begins with ours too. */
export function isOurs(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === `${scheme}:` && url.host === "careboard" && !url.username && !url.port;
}
