import type { Call } from "#shared/contract/calls.ts";
import { duration } from "../../format/duration.ts";
import { timeToTheSecond } from "../../format/moments.ts";
import { callCourse } from "./call-course.ts";
import styles from "./timeline.module.css";

/** The course of a call from start to end; lengths in words under the bar, since a bar alone says nothing exact. */
export function Timeline({ call, timeZone }: { call: Call; timeZone: string }) {
  const course = callCourse(call);
  const spent = course.map(({ kind, seconds }) => `${kind} ${duration(seconds)}`).join(", ");
  return (
    <figure className={styles.figure} aria-label={`Course of the call: ${spent || "no length"}`}>
      <div className={styles.bar} aria-hidden>
        {course.map((stretch) => (
          <span key={stretch.kind} className={styles[stretch.kind]} style={{ width: `${stretch.share * 100}%` }} />
        ))}
      </div>
      <div className={styles.words} aria-hidden>
        {course.map((stretch) => (
          <span key={stretch.kind} style={{ width: `${stretch.share * 100}%` }}>
            {stretch.kind} {duration(stretch.seconds)}
          </span>
        ))}
      </div>
      <ol className={styles.steps}>
        <li>
          <b>{timeToTheSecond(call.startedAt, timeZone)}</b> started
        </li>
        {call.answeredAt ? (
          <li>
            <b>{timeToTheSecond(call.answeredAt, timeZone)}</b> answered
          </li>
        ) : null}
        <li>
          <b>{timeToTheSecond(call.endedAt, timeZone)}</b> ended
        </li>
      </ol>
    </figure>
  );
}
