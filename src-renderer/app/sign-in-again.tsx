import { useSignInFlow } from "../state/sign-in-flow.ts";
import { Sheet } from "../ui/sheet.tsx";
import { Steps, stepTitles } from "./steps.tsx";

/** Signs the same person in again without leaving the screen. */
export function SignInAgain({ email, onClose }: { email: string; onClose: () => void }) {
  const pending = useSignInFlow((flow) => flow.pending);
  return (
    <Sheet title={pending ? stepTitles[pending.step].title : "Sign in again"} onClose={onClose}>
      <Steps email={email} onDone={onClose} />
    </Sheet>
  );
}
