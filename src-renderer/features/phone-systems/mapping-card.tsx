import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import type { Clinic } from "#shared/contract/clinics.ts";
import { useDeskClient } from "../../client/desk-context.tsx";
import { useLive } from "../../client/use-live.ts";
import { count } from "../../format/numbers.ts";
import { Card } from "../../ui/card.tsx";
import { LiveStates } from "../../ui/live-states.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Picker } from "../../ui/picker.tsx";
import table from "../../ui/table.module.css";
import { AddMapping } from "./add-mapping.tsx";
import { mappingOrder } from "./mapping-order.ts";
import styles from "./phone-systems.module.css";
import type { Source } from "./use-sources.ts";
import { useSaving } from "../../client/use-saving.ts";

const nobody = "none";
const kinds = {
  extension: {
    title: "Extensions",
    note: "which agent answers at which",
    number: "Extension",
    target: "Agent",
    empty: "Extensions appear here with the first call that reaches them.",
  },
  queue: {
    title: "Queue numbers",
    note: "which queue stands behind which",
    number: "Number",
    target: "Queue",
    empty: "Queue numbers appear here with the first call that passes through them.",
  },
};

type Props = {
  kind: keyof typeof kinds;
  clinic: Clinic;
  targets: readonly { id: string; name: string }[];
  sources: readonly Source[];
};

/** Numbers of the phone systems and what they mean; choosing fills in the calls held so far. */
export function MappingCard({ kind, clinic, targets, sources }: Props) {
  const client = useDeskClient();
  const words = kinds[kind];
  const [saving, setSaving] = useState<string | null>(null);
  const { said, problem, save } = useSaving();
  const clinicId = clinic.id;
  const mappings = useLive(
    ["mappings", kind, clinicId],
    (asked, signal) =>
      kind === "extension"
        ? asked.telephony.extensions({ clinicId }, { signal })
        : asked.telephony.queueNumbers({ clinicId }, { signal }),
    ["calls", "agents", "queues"],
  );
  const set = async (sourceId: string, number: string, targetId: string | null) => {
    setSaving(`${sourceId} ${number}`);
    await save(async () => {
      const change = { sourceId, number, targetId };
      const { calls } = await (kind === "extension"
        ? client.telephony.setExtension(change)
        : client.telephony.setQueueNumber(change));
      const name = targets.find(({ id }) => id === targetId)?.name ?? "nobody";
      return `${number} is ${name} now; ${count(calls)} calls were filled in.`;
    });
    setSaving(null);
    mappings.again();
  };
  const choices = [{ id: nobody, label: "unassigned" }, ...targets.map(({ id, name }) => ({ id, label: name }))];
  const sourceName = (id: string) => sources.find((source) => source.id === id)?.name ?? "–";
  return (
    <Card title={words.title} note={words.note}>
      {said ? <output className={styles.said}>{said}</output> : null}
      {problem ? (
        <Notice tone="bad" title="Not saved">
          {problem.fields["targetId"] ?? problem.fields["number"] ?? problem.message}
        </Notice>
      ) : null}
      <LiveStates live={mappings} what={words.title.toLowerCase()} rows={6}>
        {(rows) => (
          <>
            {rows.length === 0 ? (
              <Notice tone="empty" title="No number seen yet">
                {words.empty}
              </Notice>
            ) : (
              <div className={table.scroll}>
                <table className={table.table}>
                  <thead>
                    <tr>
                      <th scope="col">{words.number}</th>
                      <th scope="col" className={table.left}>
                        Source
                      </th>
                      <th scope="col">Calls</th>
                      <th scope="col" className={table.left}>
                        {words.target}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {mappingOrder(rows).map((row) => (
                      <tr key={`${row.sourceId} ${row.number}`}>
                        <th scope="row">
                          <span className={styles.number}>
                            {row.number}
                            {row.targetId === null ? (
                              <span className={styles.unassigned}>
                                <TriangleAlert size={11} strokeWidth={2.6} aria-hidden />
                                unassigned
                              </span>
                            ) : null}
                          </span>
                        </th>
                        <td className={table.left}>{sourceName(row.sourceId)}</td>
                        <td>{count(row.calls)}</td>
                        <td className={table.left}>
                          {saving === `${row.sourceId} ${row.number}` ? (
                            "saving…"
                          ) : (
                            <Picker
                              label={`${words.target} at ${row.number}`}
                              bare
                              choices={choices}
                              value={row.targetId ?? nobody}
                              onChange={(id) => void set(row.sourceId, row.number, id === nobody ? null : id)}
                            />
                          )}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
            <AddMapping
              number={words.number}
              target={words.target}
              sources={sources}
              choices={choices.slice(1)}
              onAdd={set}
            />
          </>
        )}
      </LiveStates>
    </Card>
  );
}
