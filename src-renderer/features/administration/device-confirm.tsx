import { useDeskClient } from "../../client/desk-context.tsx";
import { count } from "../../format/numbers.ts";
import { Confirm } from "../../ui/confirm.tsx";

export type DeviceAct =
  | { kind: "end" | "admit"; id: string; name: string }
  | { kind: "endSession"; id: string; name: string; person: string };

/** What is done to a device or a session, said before it is done. */
export function DeviceConfirm(props: { act: DeviceAct; onDone: (sentence: string) => void; onClose: () => void }) {
  const { act, onDone, onClose } = props;
  const { devices } = useDeskClient();
  const { id, name } = act;
  switch (act.kind) {
    case "end":
      return (
        <Confirm
          title={`End the device ${name}?`}
          act="End the device"
          danger
          onClose={onClose}
          onConfirm={async () => {
            const { ended } = await devices.end({ deviceId: id });
            onDone(`${name} is ended: ${count(ended)} ${ended === 1 ? "session" : "sessions"} with it.`);
          }}
        >
          <p>
            Every session on it ends, nobody signs in there, and it erases what it holds at its next contact. Nothing is
            deleted on the server. You can admit it again.
          </p>
        </Confirm>
      );
    case "admit":
      return (
        <Confirm
          title={`Admit the device ${name} again?`}
          act="Admit it"
          onClose={onClose}
          onConfirm={async () => {
            await devices.admit({ deviceId: id });
            onDone(`People may sign in on ${name} again.`);
          }}
        >
          <p>People sign in there as before, and fetch their data anew.</p>
        </Confirm>
      );
    case "endSession":
      break;
  }
  return (
    <Confirm
      title={`End the session of ${act.person} on ${name}?`}
      act="End the session"
      danger
      onClose={onClose}
      onConfirm={async () => {
        await devices.endSession({ sessionId: id });
        onDone(`The session of ${act.person} on ${name} is over.`);
      }}
    >
      <p>What {name} holds for them is erased at its next contact. They may sign in again at once.</p>
    </Confirm>
  );
}
