import { must } from "#shared/kit/must.ts";

/** An XML property list with this value (an element as text) under a key of its outermost dictionary, whether it had one or not. */
export function plistWith(text: string, key: string, value: string): string {
  const named = `<key>${key}</key>`;
  const at = text.indexOf(named);
  if (at < 0) {
    const end = text.lastIndexOf("</dict>");
    if (end < 0) throw new Error("This Info.plist is not an XML property list with a dictionary.");
    return `${text.slice(0, end)}\t${named}\n\t${value}\n${text.slice(end)}`;
  }
  const before = at + named.length;
  return `${text.slice(0, before)}\n\t${value}${text.slice(before + elementLength(text.slice(before)))}`;
}

/** How long the first element is, with the white space before it and the elements of its own name inside it. */
function elementLength(text: string): number {
  const first = must(/^\s*<(\w+)(\/?)>/.exec(text), "a value after the key");
  if (first[2] === "/") return first[0].length;
  let depth = 0;
  for (const tag of text.matchAll(new RegExp(`<(/?)${first[1]}>`, "g"))) {
    depth += tag[1] === "/" ? -1 : 1;
    if (depth === 0) return tag.index + tag[0].length;
  }
  throw new Error(`The value <${first[1]}> of this Info.plist has no end.`);
}
