import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Call } from "#shared/contract/calls.ts";
import type { Clinic } from "#shared/contract/clinics.ts";
import { useLive } from "../../client/use-live.ts";
import { useSeesCallers } from "../../state/use-sees-callers.ts";
import { Action } from "../../ui/action.tsx";
import { LiveStates } from "../../ui/live-states.tsx";
import { StatusWord } from "../../ui/status-word.tsx";
import { caller } from "./call-columns.tsx";
import { callFields } from "./call-fields.ts";
import styles from "./call-panel.module.css";
import { RawLines } from "./raw-lines.tsx";
import { Timeline } from "./timeline.tsx";

/** One call in full: its course, every field of its record, and the lines it was read from. */
export function CallPanel({ id, clinic, onClose }: { id: string; clinic: Clinic; onClose: () => void }) {
  const panel = useRef<HTMLElement>(null);
  const callers = useSeesCallers();
  const call = useLive(["call", id], (client, signal) => client.calls.one({ id }, { signal }), [
    "calls",
    "agents",
    "queues",
    "locations",
  ]);

  // Escape closes from wherever the keyboard is, except out of a list that is itself open.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && document.querySelector("[role=dialog]") === null)
        onClose();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onClose]);

  return (
    <aside className={styles.panel} aria-label="The call" ref={panel}>
      <header className={styles.header}>
        <h2 className={styles.title}>{call.data && callers ? caller(call.data) : "Call"}</h2>
        <Action kind="icon" aria-label="Close the call" onPress={onClose}>
          <X size={16} aria-hidden />
        </Action>
      </header>
      {/* Long contents scroll, so the keyboard must be able to stand here. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className={styles.scroll} tabIndex={0} aria-label="Details of the call">
        <LiveStates live={call} what="this call" rows={8}>
          {(data) => <Details call={data} timeZone={clinic.timeZone} callers={callers} />}
        </LiveStates>
        {/* A line as received names the caller. */}
        {callers ? <RawLines id={id} timeZone={clinic.timeZone} /> : null}
      </section>
    </aside>
  );
}

function Details({ call, timeZone, callers }: { call: Call; timeZone: string; callers: boolean }) {
  return (
    <>
      <p className={styles.status}>
        <StatusWord status={call.status} />
        <span>
          {call.direction}
          {call.endReason ? `, ended by ${call.endReason}` : ""}
        </span>
      </p>
      <Timeline call={call} timeZone={timeZone} />
      <dl className={styles.fields}>
        {callFields(call, timeZone, callers).map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
