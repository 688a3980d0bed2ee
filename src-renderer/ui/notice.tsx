import { CircleAlert, CloudOff, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import styles from "./notice.module.css";

export type NoticeTone = "info" | "empty" | "warn" | "bad" | "offline";
const icons: Record<NoticeTone, LucideIcon> = {
  info: Info,
  empty: Info,
  warn: TriangleAlert,
  bad: CircleAlert,
  offline: CloudOff,
};

/** What newly went wrong is said aloud; what merely stands there is not. */
const roles = { info: undefined, empty: undefined, warn: "status", offline: "status", bad: "alert" } as const;

/** What there is to say instead of, or beside, figures: what happened and what to do next. */
export function Notice(props: { tone: NoticeTone; title: string; children?: ReactNode; action?: ReactNode }) {
  const Icon = icons[props.tone];
  return (
    <div className={cx(styles.notice, styles[props.tone])} role={roles[props.tone]}>
      <Icon size={17} aria-hidden />
      <div>
        <p className={styles.title}>{props.title}</p>
        {props.children ? <div className={styles.text}>{props.children}</div> : null}
        {props.action ? <div className={styles.action}>{props.action}</div> : null}
      </div>
    </div>
  );
}
