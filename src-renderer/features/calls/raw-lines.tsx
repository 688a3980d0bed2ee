import { useLive } from "../../client/use-live.ts";
import { moment } from "../../format/moments.ts";
import { LiveStates } from "../../ui/live-states.tsx";
import { Notice } from "../../ui/notice.tsx";
import styles from "./call-panel.module.css";

/** The phone system's own lines behind a call. They stay on the server, so a desk without a network says so. */
export function RawLines({ id, timeZone }: { id: string; timeZone: string }) {
  const lines = useLive(["raw lines", id], (client, signal) => client.calls.rawLines({ id }, { signal }), ["calls"]);
  const away = lines.data === undefined && lines.error?.code === "SERVICE_UNAVAILABLE";
  return (
    <section className={styles.raw} aria-label="Lines from the phone system">
      <h3>Lines from the phone system</h3>
      {away ? (
        <Notice tone="offline" title="The lines are not here">
          The phone system’s lines stay on the clinic server; they come back with the network.
        </Notice>
      ) : (
        <LiveStates live={lines} what="the lines" rows={2}>
          {(data) =>
            data.length === 0 ? (
              <p className={styles.source}>No line is kept for this call.</p>
            ) : (
              data.map((line) => (
                <div key={line.id}>
                  <p className={styles.source}>
                    {line.source}, received {moment(line.receivedAt, timeZone)}
                  </p>
                  <pre className={styles.line}>{line.body}</pre>
                </div>
              ))
            )
          }
        </LiveStates>
      )}
    </section>
  );
}
