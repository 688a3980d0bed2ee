import type { Call } from "#shared/contract/calls.ts";

export type Stretch = { kind: "waited" | "talked" | "unanswered"; seconds: number; share: number };

/** The stretches of a call in their order, each with its share of the whole; a share of at least a tenth, so that it can be seen. */
export function callCourse(call: Pick<Call, "status" | "startedAt" | "answeredAt" | "endedAt">): Stretch[] {
  const start = Date.parse(call.startedAt);
  const end = Date.parse(call.endedAt);
  const answered = call.answeredAt === null ? null : Date.parse(call.answeredAt);
  // Only whom a person answered, or who gave up, has waited: a voicemail's or a missed call's length is no wait.
  const first: Stretch["kind"] = call.status === "answered" || call.status === "abandoned" ? "waited" : "unanswered";
  const whole = [
    { kind: first, seconds: ((answered ?? end) - start) / 1000 },
    { kind: "talked" as const, seconds: answered === null ? 0 : (end - answered) / 1000 },
  ].filter(({ seconds }) => seconds > 0);
  const total = whole.reduce((sum, { seconds }) => sum + seconds, 0);
  const shares = whole.map(({ seconds }) => Math.max(0.1, seconds / total));
  const sum = shares.reduce((a, b) => a + b, 0);
  return whole.map((stretch, at) => ({ ...stretch, share: (shares[at] ?? 0) / sum }));
}
