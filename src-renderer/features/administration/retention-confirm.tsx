import type { Clinic } from "#shared/contract/clinics.ts";
import { useLive } from "../../client/use-live.ts";
import { addDays } from "../../format/days.ts";
import { dayLong } from "../../format/moments.ts";
import { count } from "../../format/numbers.ts";
import { Confirm } from "../../ui/confirm.tsx";
import type { RetentionRule } from "./retention-sheet.tsx";
import { daysWords, keepsFrom, subjectWords } from "./retention-words.ts";

/** Names how much will go with the next run. Calls are counted in what this desk holds, before the server counts them itself. */
export function RetentionConfirm(props: {
  clinic: Clinic;
  rule: RetentionRule;
  days: number;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}) {
  const { clinic, rule, days, onConfirm, onClose } = props;
  const words = subjectWords[rule.subject];
  const from = keepsFrom(rule, days);
  const goes = rule.oldest !== null && rule.oldest < from;
  return (
    <Confirm
      title={`Keep ${words.title.toLowerCase()} for ${daysWords(days)}?`}
      act={goes ? "Set it, and remove what is older" : "Set it"}
      danger={goes}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      {goes && rule.oldest !== null ? (
        <>
          <p>
            Everything before {dayLong(from)} is removed with the next nightly run, from the server and from every desk:{" "}
            {rule.subject === "calls" ? (
              <CallsBefore clinic={clinic} oldest={rule.oldest} from={from} held={rule.held} />
            ) : (
              <b>
                records received from {dayLong(rule.oldest)} on, of {count(rule.held)} held
              </b>
            )}
            . It can’t be brought back.
          </p>
          <p>What is removed is counted, and written into the audit log.</p>
        </>
      ) : (
        <p>
          Nothing goes now: the oldest that is held is {rule.oldest === null ? "nothing" : `of ${dayLong(rule.oldest)}`}
          .
        </p>
      )}
    </Confirm>
  );
}

function CallsBefore({ clinic, oldest, from, held }: { clinic: Clinic; oldest: string; from: string; held: number }) {
  const question = { clinicId: clinic.id, startDate: oldest, endDate: addDays(from, -1) };
  const { data, error } = useLive(
    ["calls-before", question],
    (client, signal) => client.reports.callAnalytics(question, { signal }),
    ["calls"],
  );
  if (error !== null)
    return (
      <b>
        calls from {dayLong(oldest)} on, of {count(held)} held
      </b>
    );
  if (data === undefined) return <b>counting…</b>;
  const { offered, outbound, internal } = data.totals;
  return (
    <b>
      about {count(offered + outbound + internal)} of {count(held)} calls
    </b>
  );
}
