export const screens = ["today", "calls", "trends", "administration", "board", "gallery"] as const;
export type Screen = (typeof screens)[number];

/** Where the window is: a screen, the one thing opened on it, and its filters. */
export type Route = { screen: Screen; id: string | null; params: Record<string, string> };

const isScreen = (name: string): name is Screen => (screens as readonly string[]).includes(name);

/** Reads `#/calls/<id>?status=abandoned`. What isn't a screen of ours is Today. */
export function readRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [name = "", id = ""] = path.split("/");
  // Where the phone systems stood before they became a part of the administration: kept addresses lead there.
  if (name === "phone-systems")
    return { screen: "administration", id: "sources", params: id ? { part: decode(id) } : {} };
  if (!isScreen(name)) return { screen: "today", id: null, params: {} };
  return { screen: name, id: decode(id) || null, params: Object.fromEntries(new URLSearchParams(query)) };
}

/** Writes a route as a hash; empty parameters are left out, so that the same place has one address. */
export function writeRoute({ screen, id = null, params = {} }: Partial<Route> & { screen: Screen }): string {
  const given = Object.entries(params).filter(([, value]) => value !== "");
  const query = new URLSearchParams(given.sort(([a], [b]) => (a < b ? -1 : 1))).toString();
  return `#/${screen}${id ? `/${encodeURIComponent(id)}` : ""}${query ? `?${query}` : ""}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
