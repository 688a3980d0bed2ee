import { useState } from "react";
import { age } from "../../format/duration.ts";
import { moment } from "../../format/moments.ts";
import { count } from "../../format/numbers.ts";
import { useNow } from "../../state/use-now.ts";
import { writeRoute } from "../../state/routes.ts";
import { Action } from "../../ui/action.tsx";
import { Card } from "../../ui/card.tsx";
import { LiveStates } from "../../ui/live-states.tsx";
import { Notice } from "../../ui/notice.tsx";
import table from "../../ui/table.module.css";
import { FieldOrderForm } from "./field-order-form.tsx";
import type { Source, Sources } from "./use-sources.ts";

/** The phone systems and when each was last heard from. */
export function SourcesCard({ sources, timeZone }: { sources: Sources; timeZone: string }) {
  const [editing, setEditing] = useState<string | null>(null);
  const edited = sources.data?.find(({ id }) => id === editing);
  return (
    <>
      <Card title="Sources" note="what delivers call records to this clinic">
        <LiveStates live={sources} what="the phone systems" rows={3}>
          {(rows) =>
            rows.length === 0 ? (
              <Notice tone="empty" title="No phone system delivers to this clinic yet">
                On the server, run “npm run source -- add NAME --clinic SLUG”, then point the phone system or the
                collector at it with the secret it prints.
              </Notice>
            ) : (
              <SourceTable rows={rows} timeZone={timeZone} onEdit={setEditing} />
            )
          }
        </LiveStates>
      </Card>
      {edited ? (
        <FieldOrderForm
          key={edited.id}
          source={edited}
          onClose={() => {
            setEditing(null);
            sources.again();
          }}
        />
      ) : null}
    </>
  );
}

function SourceTable(props: { rows: readonly Source[]; timeZone: string; onEdit: (id: string) => void }) {
  const now = useNow();
  const heard = (instant: string | null) =>
    instant === null ? "never" : `${age((now - Date.parse(instant)) / 1000)} ago, ${moment(instant, props.timeZone)}`;
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" className={table.left}>
              Kind
            </th>
            <th scope="col" className={table.left}>
              Last heard from
            </th>
            <th scope="col">Waiting</th>
            <th scope="col">Rejected</th>
            <th scope="col">Order of fields</th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((source) => (
            <tr key={source.id}>
              <th scope="row">{source.name}</th>
              <td className={table.left}>{source.kind}</td>
              <td className={table.left}>{heard(source.lastReceivedAt)}</td>
              <td>{count(source.waiting)}</td>
              <td>
                {source.rejected === 0 ? (
                  "0"
                ) : (
                  <a href={writeRoute({ screen: "administration", id: "sources", params: { part: "rejected" } })}>
                    {count(source.rejected)}
                  </a>
                )}
              </td>
              <td>
                {source.fieldOrder === null ? "recognized by itself" : `${source.fieldOrder.length} fields`}{" "}
                <Action
                  kind="plain"
                  onPress={() => props.onEdit(source.id)}
                  aria-label={`Edit the order of fields of ${source.name}`}
                >
                  Edit
                </Action>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
