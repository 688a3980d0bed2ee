import { useState } from "react";
import { type DeskError, deskError } from "./desk-error.ts";

/** Runs a saving and keeps what came of it: under way, the sentence of success, or the refusal. */
export function useSaving() {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const [problem, setProblem] = useState<DeskError | null>(null);
  const save = async (saving: () => Promise<string>): Promise<boolean> => {
    setBusy(true);
    setSaid(null);
    setProblem(null);
    try {
      setSaid(await saving());
      return true;
    } catch (thrown) {
      setProblem(deskError(thrown));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, said, problem, save };
}
