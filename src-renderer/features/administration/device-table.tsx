import { Fragment } from "react";
import { CircleSlash, Laptop } from "lucide-react";
import type { ManagedDevice } from "#shared/contract/administration.ts";
import { age } from "../../format/duration.ts";
import { moment } from "../../format/moments.ts";
import { removedKinds, removedTotal, rowWords } from "../../state/removed-words.ts";
import { useNow } from "../../state/use-now.ts";
import { Action } from "../../ui/action.tsx";
import { cx } from "../../ui/cx.ts";
import { Hidden } from "../../ui/hidden.tsx";
import table from "../../ui/table.module.css";
import styles from "./administration.module.css";
import type { DeviceAct } from "./device-confirm.tsx";
import { sessionState } from "./device-words.ts";
import device from "./devices.module.css";

/** Each device a line, and under it whoever has signed in there. */
export function DeviceTable(props: {
  rows: readonly ManagedDevice[];
  timeZone: string;
  onAct: (act: DeviceAct) => void;
}) {
  const { rows, timeZone, onAct } = props;
  const now = useNow(10_000);
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">Device and person</th>
            <th scope="col" className={table.left}>
              State
            </th>
            <th scope="col" className={table.left}>
              Last contact
            </th>
            <th scope="col" className={table.left}>
              Version
            </th>
            <th scope="col">Rows held</th>
            <th scope="col">
              <Hidden>Change</Hidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <Fragment key={one.id ?? "none"}>
              <DeviceRow one={one} timeZone={timeZone} onAct={onAct} />
              {one.sessions.map((session) => {
                const state = sessionState(session, now);
                const held = session.held ?? {};
                return (
                  <tr key={session.id} className={cx(device.session, state.tone === "off" && styles.off)}>
                    <th scope="row">
                      <span className={styles.two}>
                        {session.displayName}
                        <small>{session.email}</small>
                      </span>
                    </th>
                    <td className={table.left}>
                      <span className={cx(state.tone === "good" && styles.good, state.tone === "warn" && styles.warn)}>
                        {state.word}
                      </span>
                    </td>
                    <td className={table.left}>
                      {session.lastContactAt === null ? (
                        "–"
                      ) : (
                        <span title={moment(session.lastContactAt, timeZone)}>
                          {age((now - Date.parse(session.lastContactAt)) / 1000)} ago
                        </span>
                      )}
                    </td>
                    <td className={table.left}>{session.version ?? "–"}</td>
                    <td>
                      {session.held === null ? (
                        "–"
                      ) : (
                        <span title={removedKinds(held)}>{rowWords(removedTotal(held))}</span>
                      )}
                    </td>
                    <td>
                      {session.endedAt === null ? (
                        <Action
                          kind="plain"
                          aria-label={`End session of ${session.displayName} on ${one.name}`}
                          onPress={() =>
                            onAct({ kind: "endSession", id: session.id, name: one.name, person: session.displayName })
                          }
                        >
                          End session
                        </Action>
                      ) : null}
                    </td>
                  </tr>
                );
              })}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DeviceRow({
  one,
  timeZone,
  onAct,
}: {
  one: ManagedDevice;
  timeZone: string;
  onAct: (act: DeviceAct) => void;
}) {
  const { id, name, platform, endedAt } = one;
  const Icon = endedAt === null ? Laptop : CircleSlash;
  return (
    <tr className={device.device}>
      <th scope="row">
        <span className={styles.mark}>
          <Icon size={14} aria-hidden />
          {name}
        </span>
      </th>
      <td colSpan={4} className={table.left}>
        {platform}
        {endedAt === null ? null : <b className={styles.bad}> ended {moment(endedAt, timeZone)}</b>}
      </td>
      <td>
        {id === null ? null : endedAt === null ? (
          <Action kind="plain" aria-label={`End device ${name}`} onPress={() => onAct({ kind: "end", id, name })}>
            End device
          </Action>
        ) : (
          <Action kind="plain" aria-label={`Admit again: ${name}`} onPress={() => onAct({ kind: "admit", id, name })}>
            Admit again
          </Action>
        )}
      </td>
    </tr>
  );
}
