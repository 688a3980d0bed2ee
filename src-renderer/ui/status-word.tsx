import { CircleSlash, type LucideIcon, PhoneCall, PhoneMissed, PhoneOff, Voicemail } from "lucide-react";
import type { CallStatus } from "#shared/contract/calls.ts";
import { cx } from "./cx.ts";
import styles from "./status-word.module.css";

const words: Record<CallStatus, { word: string; icon: LucideIcon; tone: "good" | "warn" | "bad" | "plain" }> = {
  answered: { word: "Answered", icon: PhoneCall, tone: "good" },
  voicemail: { word: "Voicemail", icon: Voicemail, tone: "plain" },
  abandoned: { word: "Abandoned", icon: PhoneOff, tone: "warn" },
  missed: { word: "Missed", icon: PhoneMissed, tone: "bad" },
  not_connected: { word: "Not connected", icon: CircleSlash, tone: "plain" },
};
export const statusWord = (status: CallStatus): string => words[status].word;

/** How a call ended: icon, word and colour together. */
export function StatusWord({ status }: { status: CallStatus }) {
  const { word, icon: Icon, tone } = words[status];
  return (
    <span className={cx(styles.status, styles[tone])}>
      <Icon size={13} aria-hidden />
      {word}
    </span>
  );
}
