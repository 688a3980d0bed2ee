import type { ReactNode } from "react";
import type { Live } from "../client/live-question.ts";
import { Action } from "./action.tsx";
import { Notice } from "./notice.tsx";
import { Skeleton } from "./skeleton.tsx";

const titles: Record<string, string> = {
  FORBIDDEN: "Your role does not show this",
  UNAUTHORIZED: "Sign in again to see this",
  SERVICE_UNAVAILABLE: "This needs the clinic server",
};

/**
 * Every state of an answer: its shape while it loads, the refusal with what to do, the figures, and the figures with a word beside them
 * when asking again failed. `what` completes "We could not read …".
 */
export function LiveStates<T>(props: {
  live: Live<T> & { again?: () => void };
  what: string;
  rows?: number;
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}) {
  const { live, what, rows = 5, skeleton, children } = props;
  const again = live.again ? <Action onPress={live.again}>Try again</Action> : null;
  if (live.data === undefined) {
    if (live.error === null) return skeleton ?? <Skeleton rows={rows} />;
    const { code, message } = live.error;
    const away = code === "SERVICE_UNAVAILABLE";
    return (
      <Notice tone={away ? "offline" : "bad"} title={titles[code] ?? `Could not read ${what}`} action={again}>
        {message}
      </Notice>
    );
  }
  return (
    <>
      {live.error ? (
        <Notice tone="warn" title={`What you see of ${what} is from before`} action={again}>
          {live.error.message}
        </Notice>
      ) : null}
      {children(live.data)}
    </>
  );
}
