import { useDesk } from "../client/desk-context.tsx";
import { useDeskStatus } from "../client/use-desk-status.ts";
import { count } from "../format/numbers.ts";
import { shapeWords } from "../state/status-words.ts";
import { Action } from "../ui/action.tsx";
import { Notice } from "../ui/notice.tsx";
import { Progress } from "../ui/progress.tsx";
import { Plain } from "./plain.tsx";

/** What is seen while the first rows arrive; Today takes its place as soon as the newest days are there. */
export function FirstSync() {
  const desk = useDesk();
  const state = useDeskStatus((view) => view.status?.state);
  const progress = useDeskStatus((view) => view.status?.progress ?? null);
  const problem = useDeskStatus((view) => view.status?.problem ?? null);
  return (
    <Plain
      title="Fetching your clinic’s data"
      text="The newest days come first: the first screen opens as soon as they are here."
    >
      {progress ? (
        <Progress
          label={`${shapeWords(progress.shape)}: ${count(progress.rows)} of about ${count(progress.total)}`}
          value={progress.rows}
          total={progress.total}
          secondsLeft={progress.secondsLeft}
        />
      ) : (
        <Progress label="Asking the clinic server" value={0} total={0} secondsLeft={null} />
      )}
      {state === "offline" ? (
        <Notice
          tone="offline"
          title="The clinic server can’t be reached"
          action={<Action onPress={() => void desk.client.desk.reconnect().catch(() => undefined)}>Try now</Action>}
        >
          {problem ?? "Fetching goes on where it stopped as soon as there is a network again."}
        </Notice>
      ) : null}
      {state === "failed" ? (
        <Notice tone="bad" title="Fetching can’t go on">
          {problem ?? "Restart Careboard; if it happens again, tell your administrator."}
        </Notice>
      ) : null}
    </Plain>
  );
}
