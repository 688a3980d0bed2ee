import { must } from "#shared/kit/must.ts";
import { emptyFields, type CdrFields } from "./cdr-record.ts";
import type { FieldName } from "./field-name.ts";
import type { FieldOrder } from "./field-order.ts";
import { couldBeTyped, isFreeText, plausible } from "./plausible.ts";

/** Neighbouring fields that can take each other's commas, or one field that can't hold any. */
type Slot = { names: FieldName[]; free: boolean };

/** More commas than this in the names of one call are no name any more; it also bounds the work for one line. */
const mostCommas = 24;

/**
 * Every way to lay the pieces of a line over an order so that each field can be what it is said to be. Commas inside
 * names are given to the fields of free text; callid, times, chain and types are what holds the others in place.
 */
export function alignments(pieces: readonly string[], order: FieldOrder): CdrFields[] {
  const extra = pieces.length - order.length;
  if (extra < 0 || extra > mostCommas) return [];
  const slots = known.get(order) ?? slotsOf(order);
  known.set(order, slots);
  const found: CdrFields[] = [];
  // Every way sets every field anew, so one object serves them all until a way is found.
  const fields = emptyFields();
  lay(0, 0, extra);
  return found;

  function lay(slot: number, at: number, left: number): void {
    const here = slots[slot];
    if (!here) {
      if (left === 0) found.push({ ...fields });
      return;
    }
    const most = here.free ? left : 0;
    for (let more = 0; more <= most; more++) {
      const to = at + here.names.length + more;
      const own = pieces.slice(at, to);
      const texts = share(own, here.names);
      const fits = here.free
        ? own.every((piece) => couldBeTyped(piece.trim()))
        : plausible(must(here.names[0], "the slot's field"), texts[0] ?? "");
      if (!fits) continue;
      here.names.forEach((name, i) => {
        fields[name] = texts[i] ?? "";
      });
      lay(slot + 1, to, left - more);
    }
  }
}

/** Orders are few and live long; the slots of one that is gone go with it. */
const known = new WeakMap<FieldOrder, Slot[]>();

function slotsOf(order: FieldOrder): Slot[] {
  const slots: Slot[] = [];
  order.forEach((name, i) => {
    // The list of missed calls can't hold commas by itself, but beside a name nobody can say where the name ends.
    const beside = [order[i - 1], order[i + 1]].some((n) => n !== undefined && n.endsWith("-dispname"));
    const free = isFreeText(name) || (name === "missed-queue-calls" && beside);
    const last = slots.at(-1);
    if (free && last?.free) last.names.push(name);
    else slots.push({ names: [name], free });
  });
  return slots;
}

/**
 * Shares pieces among fields of free text. "Doe, Jane" writes a space after its comma, so a piece that begins with one
 * goes on; a single name takes all. Where that doesn't settle it the texts stay empty: no name is better than a wrong one.
 */
function share(pieces: readonly string[], names: readonly FieldName[]): string[] {
  if (pieces.length === names.length) return pieces.map((p) => p.trim());
  if (names.length === 1) return [pieces.join(",").trim()];
  const joined: string[] = [];
  for (const piece of pieces) {
    const last = joined.length - 1;
    if (last >= 0 && piece.startsWith(" ")) joined[last] += `,${piece}`;
    else joined.push(piece);
  }
  return joined.length === names.length ? joined.map((p) => p.trim()) : names.map(() => "");
}
