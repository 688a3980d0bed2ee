import { useState } from "react";
import type { DeskStep } from "#shared/contract/desk-contract.ts";
import { useDeskClient } from "../client/desk-context.tsx";
import type { DeskClient } from "../client/desk-client.ts";
import { deskError } from "../client/desk-error.ts";
import { clearProblem, refusedStep, tookStep } from "../state/sign-in-flow.ts";

/** Takes one step through the gate. True once the door is open. */
export function useStep() {
  const client = useDeskClient();
  const [busy, setBusy] = useState(false);
  const take = async (ask: (client: DeskClient) => Promise<DeskStep>): Promise<boolean> => {
    setBusy(true);
    clearProblem();
    try {
      const step = await ask(client);
      tookStep(step);
      return step.step === "open";
    } catch (thrown) {
      refusedStep(deskError(thrown));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, take };
}
