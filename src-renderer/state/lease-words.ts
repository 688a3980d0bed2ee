import type { Door } from "#shared/contract/desk-contract.ts";
import { age } from "../format/duration.ts";
import { moment } from "../format/moments.ts";
import { count } from "../format/numbers.ts";

type LeaseOver = Extract<Door, { kind: "leaseOver" }>;

/** What a desk says that was without contact for longer than its clinic allows. */
export function leaseWords(
  door: LeaseOver,
  { now, waiting, timeZone }: { now: number; waiting: number; timeZone: string },
): { title: string; lines: string[] } {
  const last = moment(door.lastContactAt, timeZone);
  const ago = age((now - Date.parse(door.lastContactAt)) / 1000);
  const contact = `This computer last reached the clinic server ${ago} ago, on ${last}.`;
  if (door.erased) {
    return {
      title: "What this computer held was erased",
      lines: [
        contact,
        `That is longer than your clinic allows, so its copy was erased on ${moment(door.eraseAt, timeZone)}. Nothing was deleted on the server.`,
        "What waited to be carried was written to an encrypted file first.",
        "With a network, sign in again to have everything fetched anew.",
      ],
    };
  }
  return {
    title: "Too long without the clinic server",
    lines: [
      contact,
      "Your clinic allows no longer, so what this computer holds stays locked until the server is reached again.",
      `Without contact it is erased on ${moment(door.eraseAt, timeZone)}. Nothing is deleted on the server.`,
      ...(waiting > 0
        ? [`${count(waiting)} ${waiting === 1 ? "line waits" : "lines wait"} here to be carried to the server.`]
        : []),
    ],
  };
}
