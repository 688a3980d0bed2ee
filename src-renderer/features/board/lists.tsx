import { TriangleAlert } from "lucide-react";
import type { ServiceLevelRule } from "#shared/contract/clinics.ts";
import { firstName } from "../../figures/board-figures.ts";
import { serviceLevelBroken } from "../../figures/limits.ts";
import type { AgentToday, QueueToday } from "../../figures/overview.ts";
import { writeMetric } from "../../figures/write-metric.ts";
import { duration } from "../../format/duration.ts";
import { count } from "../../format/numbers.ts";
import { cx } from "../../ui/cx.ts";
import styles from "./board.module.css";

/** As many as can be read from five metres. */
const shown = 5;

export function QueueLines({ queues, rule }: { queues: readonly QueueToday[]; rule: ServiceLevelRule }) {
  if (queues.length === 0) return null;
  // A wall's account holds figures added up, in which no single wait is.
  const longest = queues.some((queue) => queue.longestWait !== null);
  return (
    <table className={styles.lines}>
      <thead>
        <tr>
          <th scope="col">Queue</th>
          <th scope="col">Level</th>
          {longest ? <th scope="col">Longest</th> : null}
        </tr>
      </thead>
      <tbody>
        {queues.slice(0, shown).map((queue) => (
          <tr key={queue.key} className={cx(serviceLevelBroken(queue.serviceLevel, rule) && styles.over)}>
            <th scope="row">{queue.label}</th>
            <td>
              {serviceLevelBroken(queue.serviceLevel, rule) ? (
                <TriangleAlert className={styles.mark} strokeWidth={2.6} aria-label="under the goal" />
              ) : null}{" "}
              {writeMetric("serviceLevel", queue.serviceLevel)}
            </td>
            {longest ? <td>{queue.longestWait === null ? "–" : duration(queue.longestWait)}</td> : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Who answered most, by first name. */
export function Leaders({ agents }: { agents: readonly AgentToday[] }) {
  const leaders = agents.filter((agent) => agent.answered > 0).slice(0, 3);
  if (leaders.length === 0) return null;
  return (
    <p className={styles.leaders}>
      {leaders.map((agent) => (
        <span key={agent.key}>
          {firstName(agent.label)} <b>{count(agent.answered)}</b>
        </span>
      ))}
    </p>
  );
}
