import type { DeskNotice } from "#shared/contract/desk-contract.ts";
import type { AccessChange } from "#shared/contract/session.ts";
import { removedKinds, removedTotal, rowWords } from "./removed-words.ts";
import { roleWordsOf } from "./role-words.ts";

export type NoticeWords = { title: string; lines: string[]; removed: string };

const titles: Record<DeskNotice["kind"], string> = {
  accessChanged: "Your access has changed",
  damaged: "What this computer held was damaged",
  older: "An older copy of this computer’s data was put back",
  erased: "What this computer held was erased",
};
const done: Record<Exclude<DeskNotice["kind"], "accessChanged">, string> = {
  damaged: "A file could not be read as it was written. The copy here was erased and is fetched anew from the clinic server.",
  older: "The clinic server knew of a newer one. The copy here was erased and is fetched anew.",
  erased: "It is fetched anew from the clinic server while you go on.",
}; // prettier-ignore

/** What was done to this desk's data, to be read once: what changed, clinic by clinic, and how many rows left this computer because of it. */
export function noticeWords(notice: DeskNotice): NoticeWords {
  const rows = removedTotal(notice.removed);
  const kinds = removedKinds(notice.removed);
  const lines = notice.kind === "accessChanged" ? notice.changes.map(changeWords) : [done[notice.kind]];
  const because = notice.kind === "accessChanged" ? " because you may no longer see them" : "";
  return {
    title: titles[notice.kind],
    lines,
    removed:
      rows === 0
        ? "No rows left this computer."
        : `${rowWords(rows)} left this computer${because}: ${kinds}. Nothing was deleted on the server.`,
  };
}

/** One change in a sentence; the keys of `detail` are those that resources/schema/server/109-access-changes.sql writes. */
export function changeWords({ kind, clinicName, detail }: AccessChange): string {
  const at = clinicName === null ? "" : `${clinicName}: `;
  switch (kind) {
    case "roleChanged":
      return detail["from"] === undefined
        ? `${at}your role as ${roleWordsOf(detail["role"])} has other dates.`
        : `${at}you were ${roleWordsOf(detail["from"])}, and are ${roleWordsOf(detail["to"])} now.`;
    case "roleTaken":
      return detail["because"] === "validUntil"
        ? `${at}your role as ${roleWordsOf(detail["role"])} ended, as it was agreed.`
        : `${at}your role as ${roleWordsOf(detail["role"])} was taken.`;
    case "roleGiven":
      return `${at}you are ${roleWordsOf(detail["role"])} there now.`;
    case "locationsChanged":
      return detail["taken"] === undefined
        ? `${at}you belong to the location ${detail["added"] ?? "of another name"} now.`
        : `${at}you no longer belong to the location ${detail["taken"]}.`;
    case "agentChanged":
      return `${at}another agent’s calls count as yours now.`;
    case "deviceEnded":
      return "An administrator ended this computer’s access.";
    case "sessionEnded":
      return "An administrator ended a session of yours.";
    case "accountDisabled":
      return "An administrator disabled your account.";
    case "accountEnabled":
      return "An administrator enabled your account again.";
  }
  return kind satisfies never;
}
