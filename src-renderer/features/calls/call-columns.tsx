import { createColumnHelper, tableFeatures } from "@tanstack/react-table";
import { ArrowDownLeft, ArrowUpRight, MoveHorizontal } from "lucide-react";
import type { Call } from "#shared/contract/calls.ts";
import type { ServiceLevelRule } from "#shared/contract/clinics.ts";
import { waitBroken } from "../../figures/limits.ts";
import { duration } from "../../format/duration.ts";
import { dayShort, timeToTheSecond } from "../../format/moments.ts";
import { Limited } from "../../ui/limited.tsx";
import { StatusWord } from "../../ui/status-word.tsx";
import styles from "./call-table.module.css";

export const callFeatures = tableFeatures({});
const column = createColumnHelper<typeof callFeatures, Call>();
const arrows = { inbound: ArrowDownLeft, outbound: ArrowUpRight, internal: MoveHorizontal };

/** The width of each column as a grid track. */
export const tracks: Record<string, string> = {
  startedAt: "minmax(142px, 1.2fr)",
  direction: "92px",
  caller: "minmax(96px, 1.5fr)",
  queueName: "minmax(90px, 1.1fr)",
  agentName: "minmax(88px, 1.2fr)",
  locationName: "minmax(90px, 1fr)",
  status: "112px",
  wait: "66px",
  talk: "60px",
};
export const rightAligned = new Set(["wait", "talk"]);
const roomy = new Set(["direction", "locationName", "queueName"]);

/** The columns of the list; with a call opened beside it, only what tells calls apart. Without `callers` it says nothing of who called. */
export function callColumns(timeZone: string, rule: ServiceLevelRule, compact: boolean, callers: boolean) {
  const all = column.columns([
    column.accessor("startedAt", {
      header: "Started",
      cell: ({ row }) => (
        <>
          <span className={styles.day}>{dayShort(row.original.localDay)}</span>{" "}
          {timeToTheSecond(row.original.startedAt, timeZone)}
        </>
      ),
    }),
    column.accessor("direction", {
      header: "Direction",
      cell: ({ getValue }) => {
        const Arrow = arrows[getValue()];
        return (
          <span className={styles.direction}>
            <Arrow size={13} aria-hidden /> {getValue()}
          </span>
        );
      },
    }),
    column.display({
      id: "caller",
      header: "Caller",
      cell: ({ row: { original } }) => (
        <>
          {original.callerNumber ?? "withheld"} <span className={styles.day}>{original.callerName}</span>
        </>
      ),
    }),
    column.accessor("queueName", { header: "Queue", cell: ({ row }) => queue(row.original) }),
    column.accessor("agentName", { header: "Agent", cell: ({ row }) => agent(row.original) }),
    column.accessor("locationName", { header: "Location", cell: ({ getValue }) => getValue() ?? "–" }),
    column.accessor("status", { header: "Status", cell: ({ getValue }) => <StatusWord status={getValue()} /> }),
    column.display({
      id: "wait",
      header: "Waited",
      cell: ({ row: { original } }) =>
        original.waitSeconds === null ? (
          "–"
        ) : (
          <Limited text={duration(original.waitSeconds)} broken={waitBroken(original.waitSeconds, rule)?.text} />
        ),
    }),
    column.display({
      id: "talk",
      header: "Talked",
      cell: ({ row }) => (row.original.talkSeconds === null ? "–" : duration(row.original.talkSeconds)),
    }),
  ]);
  const idOf = (one: (typeof all)[number]) => String("accessorKey" in one ? one.accessorKey : one.id);
  return all.filter((one) => !(compact && roomy.has(idOf(one))) && (callers || idOf(one) !== "caller"));
}

export const caller = (call: Call): string =>
  call.callerName ? `${call.callerName} ${call.callerNumber ?? ""}` : (call.callerNumber ?? "withheld");
export const queue = (call: Call): string =>
  call.queueName ?? (call.queueNumber === null ? "–" : `${call.queueNumber}, unassigned`);
export const agent = (call: Call): string =>
  call.agentName ?? (call.agentExtension === null ? "–" : `Ext. ${call.agentExtension}, unassigned`);
