import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { DeskStep } from "#shared/contract/desk-contract.ts";
import type { DeskError } from "../client/desk-error.ts";

/** Steps that ask for something more. The door shows the last two of the contract's by itself. */
export type PendingStep = Exclude<DeskStep, { step: "open" | "setPassphrase" | "keyLost" }>;
type Flow = {
  email: string;
  pending: PendingStep | null;
  problem: (DeskError & { at: number }) | null;
  /** Shown once, and gone once they are kept. */
  recoveryCodes: readonly string[] | null;
};

const nothing: Flow = { email: "", pending: null, problem: null, recoveryCodes: null };
/** Outside of the components: the pages of the gate come and go with the desk's status while a step is under way. */
export const signInFlow = createStore<Flow>(() => nothing);

export const useSignInFlow = <T>(select: (flow: Flow) => T): T => useStore(signInFlow, select);

export function tookStep(step: DeskStep): void {
  if (step.step === "open") signInFlow.setState({ ...nothing, recoveryCodes: step.recoveryCodes ?? null });
  else if (step.step === "setPassphrase" || step.step === "keyLost")
    signInFlow.setState({ pending: null, problem: null });
  else signInFlow.setState({ pending: step, problem: null });
}

export const writeEmail = (email: string): void => signInFlow.setState({ email });
export const refusedStep = (problem: DeskError): void =>
  signInFlow.setState({ problem: { ...problem, at: Date.now() } });
export const clearProblem = (): void => signInFlow.setState({ problem: null });
/** Back to the e-mail and password. */
export const beginAgain = (): void => signInFlow.setState({ pending: null, problem: null });
export const keptCodes = (): void => signInFlow.setState({ recoveryCodes: null });
