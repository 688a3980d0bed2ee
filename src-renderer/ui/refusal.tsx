import type { DeskError } from "../client/desk-error.ts";
import { Notice } from "./notice.tsx";

/** Why saving was refused, above the button, unless the fields say it themselves. */
export function Refusal({ problem, title = "Not saved" }: { problem: DeskError | null; title?: string }) {
  if (problem === null || Object.keys(problem.fields).length > 0) return null;
  const away = problem.code === "SERVICE_UNAVAILABLE";
  return (
    <Notice tone={away ? "offline" : "bad"} title={away ? `${title}: this needs the clinic server` : title}>
      {problem.message}
    </Notice>
  );
}
