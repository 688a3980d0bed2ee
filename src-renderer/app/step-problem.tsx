import { useSignInFlow } from "../state/sign-in-flow.ts";
import { useNow } from "../state/use-now.ts";
import { waitWords } from "../state/wait-words.ts";
import { Notice } from "../ui/notice.tsx";

/** Seconds until the refused step may be tried again; 0 once it may. */
export function useHeldBack(): number {
  const problem = useSignInFlow((flow) => flow.problem);
  const now = useNow();
  if (problem?.retryAfter === undefined) return 0;
  return Math.max(0, Math.ceil((problem.at + problem.retryAfter * 1000 - now) / 1000));
}

/** Why the last step was refused, unless the fields say so themselves. `title` is said of a plain refusal. */
export function StepProblem({ title }: { title: string }) {
  const problem = useSignInFlow((flow) => flow.problem);
  const heldBack = useHeldBack();
  if (problem === null) return null;
  if (problem.retryAfter !== undefined) {
    return (
      <Notice tone="warn" title={heldBack > 0 ? "Too many tries" : "You may try again now"}>
        {heldBack > 0 ? (
          <>
            Wait <b>{waitWords(heldBack)}</b>, then try again. If you have forgotten your password, an administrator of
            your clinic gives you a one-time one.
          </>
        ) : (
          "Type carefully: each further wrong try makes the wait longer."
        )}
      </Notice>
    );
  }
  if (Object.keys(problem.fields).length > 0) return null;
  const away = problem.code === "SERVICE_UNAVAILABLE";
  return (
    <Notice tone={away ? "offline" : "bad"} title={away ? "The clinic server can’t be reached" : title}>
      {problem.message}
    </Notice>
  );
}
